import { sentence } from '@attune/language/understanding';
import { z } from 'zod';
import { callHook } from '../../../chat/call-hook.js';
import type { ChatAnswer } from '../../operations/chat.operations.js';
import { replied, type Answering, type Turn } from './turn.js';

const PATIENCE_MS = 5_000;
const anything = z.unknown();

/** Hands the conversation over to a person: the shop is told, with what was said, and the caller. */
export async function* handOver(turn: Turn, reason: NonNullable<ChatAnswer['handover']>['reason']): Answering {
  const { asking, asked, chatId, said, signal, telling } = turn;
  const { url, contact } = asking.platform.config.chat.handover;
  yield { event: 'tool', data: { name: 'handover', arguments: { reason } } };
  const { userId } = asked;
  const transcript = [...said, { who: 'shopper' as const, text: asked.message }];
  const body = {
    tenant: asking.tenant.tenant,
    chatId,
    reason,
    said: transcript,
    ...(userId !== undefined && { userId }),
  };
  const told =
    url !== undefined &&
    (await callHook({ url, key: asking.platform.hookKey }, body, {
      schema: anything,
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    })) !== undefined;
  const handover = { reason, told, ...(contact !== undefined && { contact }) };
  yield { event: 'handover', data: handover };
  const { language } = telling;
  const reply =
    sentence(language, 'handover') + (contact === undefined ? '' : sentence(language, 'handover contact', { contact }));
  return { ...replied(reply, turn), handover };
}
