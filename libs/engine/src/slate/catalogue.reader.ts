import { AttuneError, type Item, type VectorBlock } from '@attune/sdk';
import { RequestDeadline } from '../runtime/request-deadline.js';
import type { Journal } from '../runtime/run-step.js';
import { TIMED_OUT, within } from '../runtime/within.js';
import type { ServeContext } from './serving.js';

/** What reading for a slate needs. */
export type Reading = Pick<ServeContext, 'stores' | 'clock'> & { readonly journal: Journal };

/** Nothing can be shown without its document: the catalogue has this long, whatever is left of the slate's time. */
const READ_MS = 1_000;
const NAME = 'items';

/** Documents `[ids]`; where the catalogue cannot be read, those that are held, which the slate says of itself. */
export function documentsOf(ids: readonly string[], reading: Reading): Promise<readonly (Item | undefined)[]> {
  const { items } = reading.stores;
  const { held } = items;
  return readOrHeld(() => items.get(ids), held && (() => held.documents(ids)), reading);
}

/** Vectors `[ids × dims]`; where the catalogue cannot be read, those that are held, which the slate says of itself. */
export function vectorsOf(space: string, ids: readonly string[], reading: Reading): Promise<VectorBlock> {
  const { items } = reading.stores;
  const { held } = items;
  return readOrHeld(() => items.gather(space, ids), held && (() => held.vectors(space, ids)), reading);
}

async function readOrHeld<T>(
  read: () => Promise<T>,
  held: (() => Promise<T>) | undefined,
  { clock, journal }: Reading,
): Promise<T> {
  if (held === undefined) return await read();
  // A slate that waited once does not wait for each of its stages.
  if (journal.degraded.some(({ plugin, code }) => plugin === NAME && code === 'STORE_UNAVAILABLE')) return await held();
  try {
    const answer = await within(read(), new RequestDeadline(clock, READ_MS), READ_MS);
    if (answer !== TIMED_OUT) return answer;
    journal.degrade(NAME, 'STORE_UNAVAILABLE', `no answer within ${READ_MS} ms`);
  } catch (error) {
    if (!(error instanceof AttuneError) || error.code !== 'STORE_UNAVAILABLE') throw error;
    journal.degrade(NAME, 'STORE_UNAVAILABLE', error.detail);
  }
  return await held();
}
