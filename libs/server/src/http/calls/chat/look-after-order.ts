import { sentence, toldText } from '@attune/language/understanding';
import { z } from 'zod';
import { callHook } from '../../../chat/call-hook.js';
import { replied, type Answering, type Outcome, type Turn } from './turn.js';

/** How long the shop's own system is waited for. */
const PATIENCE_MS = 5_000;
const [STATUS_CHARS, URL_CHARS] = [300, 2_048];

/** What the hook for orders answers. */
const orderStatusSchema = z.object({
  found: z.boolean(),
  orderId: z.string().max(100).optional(),
  status: z.string().max(STATUS_CHARS).optional(),
  expected: z.string().max(100).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(URL_CHARS)
    .optional(),
});

/**
 * Says how an order stands, as the shop's own system knows it. Asked for the one who is signed in and for nobody else,
 * whatever the message says.
 */
export async function* lookAfterOrder(turn: Turn, orderId: string | undefined): Answering {
  const { asking, asked, signal, telling } = turn;
  const { platform, tenant } = asking;
  const { language } = telling;
  const { url } = platform.config.chat.orderStatus;
  if (url === undefined) return away(turn);
  if (asked.userId === undefined) return replied(sentence(language, 'order sign-in'), turn);
  yield { event: 'tool', data: { name: 'order-status', arguments: { ...(orderId !== undefined && { orderId }) } } };
  const body = { tenant: tenant.tenant, userId: asked.userId, ...(orderId !== undefined && { orderId }) };
  const order = await callHook({ url, key: platform.hookKey }, body, {
    schema: orderStatusSchema,
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  });
  if (order === undefined) return away(turn);
  yield { event: 'order', data: order };
  return { ...replied(saidOf(order, turn, orderId), turn), order };
}

function saidOf(
  { found, orderId, status, expected }: z.output<typeof orderStatusSchema>,
  { telling }: Turn,
  asked: string | undefined,
): string {
  const { language } = telling;
  const id = orderId ?? asked;
  const order = id === undefined ? '' : ` ${toldText(id, STATUS_CHARS, telling)}`;
  if (!found || status === undefined) return sentence(language, 'order unknown', { order });
  const said = sentence(language, 'order', { order, status: toldText(status, STATUS_CHARS, telling) });
  return expected === undefined
    ? said
    : said + sentence(language, 'order expected', { expected: toldText(expected, STATUS_CHARS, telling) });
}

const away = (turn: Turn): Outcome =>
  replied(sentence(turn.telling.language, 'order away') + sentence(turn.telling.language, 'handover offer'), turn);
