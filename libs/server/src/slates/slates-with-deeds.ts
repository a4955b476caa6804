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

/** Every slate of the log in order of time. Reads both logs once: the events for those that name a slate, then the slates. */
export async function* slatesWithDeeds({ events, slates }: BothLogs): AsyncGenerator<SlateWithDeeds> {
  const deeds = new DeedsBySlate();
  for await (const page of events.scan())
    for (const event of page) {
      const deed = deedOf(event);
      if (deed !== undefined) deeds.add(deed);
    }
  for await (const page of slates.scan()) for (const slate of page) yield { slate, deeds: deeds.take(slate.slateId) };
}
