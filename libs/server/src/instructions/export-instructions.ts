import { setImmediate as turn } from 'node:timers/promises';
import { instructionItem, type InstructionItem, instructionLines } from '@attune/language';
import type { TenantStores } from '@attune/sdk';
import type { JobOutcome, JobRequestOf, JobRun } from '../jobs/job.js';

/** Items read at once. */
const PAGE = 500;
/** Events tried before people's requests get a turn: a few milliseconds. */
const TRIED_A_TURN = 50;
/** How the log of events names people who never told who they are. */
const VISITOR = 'anonymous:';

export interface ExportParts {
  readonly stores: Pick<TenantStores, 'events' | 'items' | 'users' | 'erasures'>;
}

/**
 * Instruction data made of what people did, one line of the result each. Who refuses to be profiled, or is being erased, is in
 * none and counts for nothing; visitors without an id count for what is popular, but nothing is told of them: they cannot be asked.
 * Lines are kept with the id of whom they are about, so that erasing finds them; `withoutUsers` takes it off what is read.
 * Rejects with the signal's reason.
 */
export async function exportInstructions(
  { stores }: ExportParts,
  { request, signal, progress, result }: JobRun<JobRequestOf<'instructions'>>,
): Promise<JobOutcome> {
  const { users, events, erasures } = stores;
  const leftOut = new Set([...(await users.withoutConsent()), ...(await erasures.userIds())]);
  const data = await events.trainingData((userId) => !leftOut.has(userId));
  const described = await describedItems(data.itemIds, stores, signal);
  const tells = (user: number): boolean => !data.userIds[user]!.startsWith(VISITOR);
  const { tried, lines } = instructionLines({ ...data, described, tells }, request);
  let [done, made] = [0, 0];
  progress(0, tried);
  for (const one of lines()) {
    if (one !== undefined) {
      await result.line({ userId: data.userIds[one.user]!, ...one.line });
      made += 1;
    }
    done += 1;
    if (done % TRIED_A_TURN !== 0) continue;
    progress(done, tried);
    await turn();
    signal.throwIfAborted();
  }
  progress(tried, tried);
  if (made === 0)
    throw new Error('there is nothing to make examples of: send events of people who took up two items or more');
  return { ok: made, failed: 0, errors: [] };
}

async function describedItems(
  ids: readonly string[],
  { items }: ExportParts['stores'],
  signal: AbortSignal,
): Promise<readonly (InstructionItem | undefined)[]> {
  const described: (InstructionItem | undefined)[] = [];
  for (let from = 0; from < ids.length; from += PAGE) {
    signal.throwIfAborted();
    for (const item of await items.get(ids.slice(from, from + PAGE))) described.push(item && instructionItem(item));
  }
  return described;
}
