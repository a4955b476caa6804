import { AttuneError, type LoggedSlate, type SlateItem } from '@attune/sdk';
import { z } from 'zod';
import { gathered } from '../../../slates/frozen-pages.js';
import { loggedRequestSchema, type LoggedRequest } from '../../../slates/logged-request.schema.js';
import { refuseUntilReady, type Asking } from './asking.js';
import { served as servedSearch } from './search.js';
import { served as servedSlate } from './recommend.js';

const side = z.strictObject({ digest: z.string(), items: z.array(z.string()) });

export const replayAnswerSchema = z
  .strictObject({
    slateId: z.string(),
    same: z.boolean().describe('Whether the same items stand in the same order.'),
    before: side.describe('As it was shown.'),
    after: side.describe('As of the same moment, with today’s pipeline, models and catalogue.'),
    differences: z
      .array(
        z.strictObject({
          id: z.string(),
          before: z.int().nullable().describe('Place from 1; null: not shown.'),
          after: z.int().nullable(),
        }),
      )
      .describe('Items whose place differs.'),
  })
  .meta({ id: 'Replay' });
export type ReplayAnswer = z.output<typeof replayAnswerSchema>;

/** A slate as it was shown. Throws SLATE_NOT_FOUND. */
export async function loggedSlate(slateId: string, { tenant }: Pick<Asking, 'tenant'>): Promise<LoggedSlate> {
  const slate = await tenant.slates.logged(slateId);
  if (slate !== undefined) return slate;
  throw new AttuneError('SLATE_NOT_FOUND', `the log has no slate '${slateId}'`);
}

/** Asks a logged slate again as of its moment, under its own request id, and compares. Throws SLATE_NOT_FOUND. */
export async function replay(slateId: string, asking: Asking): Promise<ReplayAnswer> {
  refuseUntilReady(asking.platform);
  const logged = await loggedSlate(slateId, asking);
  const request = loggedRequestSchema.parse(logged.request);
  const { digest, items } = await askedAgain(request, logged.at, asking);
  const after = items.map(({ id }) => id);
  const differences = differencesOf(logged.items, after);
  return {
    slateId,
    same: differences.length === 0,
    before: { digest: logged.digest, items: [...logged.items] },
    after: { digest, items: after },
    differences,
  };
}

async function askedAgain(
  { call, body, requestId, page }: LoggedRequest,
  at: string,
  asking: Asking,
): Promise<{ readonly digest: string; readonly items: readonly SlateItem[] }> {
  const own = { ...asking, requestId };
  const now = { at, explain: false, trace: false };
  const { answer, order } =
    call === 'search' ? await servedSearch({ ...body, ...now }, own) : await servedSlate({ ...body, ...now }, own);
  const { digest } = answer.pipeline;
  if (page.from === 0) return { digest, items: answer.items };
  return { digest, items: (await gathered(order, page.from, page.limit)).items };
}

/** Items whose place differs, in the order they were shown, then those that came in. */
function differencesOf(before: readonly string[], after: readonly string[]): ReplayAnswer['differences'] {
  const placeIn = (ids: readonly string[]): ((id: string) => number | null) => {
    const places = new Map(ids.map((id, place) => [id, place + 1]));
    return (id) => places.get(id) ?? null;
  };
  const [was, is] = [placeIn(before), placeIn(after)];
  return [...new Set([...before, ...after])]
    .map((id) => ({ id, before: was(id), after: is(id) }))
    .filter((one) => one.before !== one.after);
}
