import { AttuneError, type ErasedEvents, type StoredEvent } from '@attune/sdk';
import { PersonRecords } from '../../embedded/events/person.records.js';
import type { Expunger } from '../../elasticsearch/expunger.js';
import type { EventLog, FoundEvent } from '../../elasticsearch/events/event-log.js';
import { heldBy } from '../../elasticsearch/events/people.queries.js';
import { touching } from '../../elasticsearch/events/subject.queries.js';
import type { ErasureMarks } from '../../redis/erasure-marks.js';
import type { HotStore } from '../../redis/hot-store.js';
import { arrivalOf, timeOf, type ArrivalStamps } from './arrival.stamps.js';
import { spansOf } from './count.plan.js';
import { subjectsOf, userSubject, type SubjectName } from './subject.js';

export interface ErasingParts {
  readonly log: EventLog;
  readonly hot: HotStore;
  readonly marks: ErasureMarks;
  readonly arrivals: ArrivalStamps;
  readonly expunger: Expunger;
}

interface Change {
  readonly found: FoundEvent;
  /** Undefined: nothing is left of it. */
  readonly by: StoredEvent | undefined;
}

/** Another process may change the same events: what it left is looked for again so often. */
const ATTEMPTS = 5;
const DAY_MS = 86_400_000;

/**
 * Forgets a user. Who has to do with him is barred from the hot store first, then the log is changed, then the hot store
 * is let in again: at no moment can it be filled with what goes. An erasure that broke off can be repeated.
 *
 * @param mark of this erasure in the order of arrival: events that this process stored later are not his any more.
 * @throws AttuneError `NOT_DURABLE`: some of his events may be there as before.
 */
export async function forgetUser(parts: ErasingParts, userId: string, mark: string): Promise<ErasedEvents> {
  const { log, hot, marks, arrivals, expunger } = parts;
  const before = (arrival: string): boolean => arrivals.mayPrecede(arrival, mark);
  await marks.begin(mark, userId, arrivalOf(timeOf(mark) - DAY_MS));
  const barred = new Set<SubjectName>([userSubject(userId)]);
  const days = new Set<string>();
  const indices = new Set<string>();
  await log.refresh();
  const person = new PersonRecords(userId, await heldBy(log, userId, before));
  let removed = 0;
  for (let attempt = 0; ; attempt++) {
    const changes = await changesFor(log, userId, { person, before });
    if (changes.length === 0) break;
    if (attempt === ATTEMPTS) throw new AttuneError('NOT_DURABLE', `user ${userId} is in use elsewhere: erase again`);
    for (const { found } of changes) {
      for (const subject of subjectsOf(found.event)) barred.add(subject);
      for (const span of spansOf(Date.parse(found.event.at))) days.add(span);
      indices.add(found.index);
    }
    await hot.bar(barred);
    // Joins go last: without them what was done under the anonymous ids would be somebody else's.
    const own = ({ found }: Change): boolean => found.event.userId === userId;
    for (const some of [changes.filter((change) => !own(change)), changes.filter(own)]) {
      removed += await log.replace(some);
      await log.refresh();
    }
  }
  await hot.unbar(barred, days);
  await marks.end(mark, userId);
  for (const index of indices) expunger.soon(index);
  return { events: removed, anonymousIds: person.anonymousIds };
}

async function changesFor(
  log: EventLog,
  userId: string,
  { person, before }: { readonly person: PersonRecords; readonly before: (arrival: string) => boolean },
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for await (const page of log.scan(touching(userId, person.anonymousIds)))
    for (const found of page) if (before(found.arrival)) changes.push({ found, by: person.without(found.event) });
  return changes;
}
