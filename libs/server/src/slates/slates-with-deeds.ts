import type { EventStore, LoggedSlate, SlateLog } from '@attune/sdk';
import { deedOf, DeedsBySlate, type Deed } from './deed.js';

/** A slate of the log, and what events say of it in the order they were told in. */
export interface SlateWithDeeds {
  readonly slate: LoggedSlate;
  readonly deeds: readonly Deed[];
}

export interface BothLogs {
  readonly events: Pick<EventStore, 'scan'>;
  readonly slates: Pick<SlateLog, 'scan'>;
}

/** How far out of order slates are told: a later page has the clock of the first one. */
const OUT_OF_ORDER_MS = 3_600_000;

export interface SlatesWithDeedsOptions {
  /** Deeds that are held at a time, some 600 bytes each: those of the oldest slates are dropped first. Default: all. */
  readonly most?: number;
  readonly signal?: AbortSignal;
}

/** Every slate of the log, about in order of time. Reads both logs once: the events for those that name a slate, then the slates. */
export async function* slatesWithDeeds(
  { events, slates }: BothLogs,
  { most, signal }: SlatesWithDeedsOptions = {},
): AsyncGenerator<SlateWithDeeds> {
  const begin = (await oldestOf(slates)) - OUT_OF_ORDER_MS;
  const deeds = new DeedsBySlate(most);
  for await (const page of events.scan()) {
    signal?.throwIfAborted();
    for (const event of page) {
      const deed = Date.parse(event.at) >= begin ? deedOf(event) : undefined;
      if (deed !== undefined) deeds.add(deed);
    }
  }
  for await (const page of slates.scan()) for (const slate of page) yield { slate, deeds: deeds.take(slate.slateId) };
}

/** When the oldest slate that is kept was served, epoch milliseconds; Infinity where there is none. */
async function oldestOf(slates: BothLogs['slates']): Promise<number> {
  for await (const page of slates.scan()) if (page.length > 0) return Math.min(...page.map(({ at }) => Date.parse(at)));
  return Infinity;
}
