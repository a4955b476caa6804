import { START } from '@attune/testkit';
import type { EventColumns, StoredEvent } from '@attune/sdk';
import { vocabularyOf } from '@attune/sdk';
import * as fc from 'fast-check';
import { EventMemory } from './event.memory.js';

const STEP = 7 * 60_000;
const users = ['u0', 'u1', 'u2'];
const anonymous = ['u0', 'x1', 'x2'];
const types = ['view', 'purchase', 'search'];

interface Drawn {
  readonly step: number;
  readonly who: readonly [string | undefined, string | undefined];
  readonly type: string;
  readonly items: readonly string[];
  readonly session: string | undefined;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  step: fc.nat(20),
  who: fc.oneof(
    fc.tuple(fc.constantFrom(...users), fc.constant(undefined)),
    fc.tuple(fc.constant(undefined), fc.constantFrom(...anonymous)),
    fc.tuple(fc.constantFrom(...users), fc.constantFrom(...anonymous)),
  ),
  type: fc.constantFrom(...types),
  items: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }),
  session: fc.constantFrom('s1', 's2', undefined),
});

function eventOf({ step, who: [userId, anonymousId], type, items, session }: Drawn, index: number): StoredEvent {
  return {
    id: `e${index}`,
    type,
    at: new Date(START + step * STEP).toISOString(),
    value: index,
    ...(userId === undefined ? {} : { userId }),
    ...(anonymousId === undefined ? {} : { anonymousId }),
    ...(items.length === 0 ? {} : items.length === 1 ? { itemId: items[0]! } : { itemIds: [...items] }),
    ...(session === undefined ? {} : { sessionId: session }),
  };
}

/** The definition, on rows, with no cleverness at all. */
class Reference {
  readonly events: StoredEvent[] = [];

  ownerOf(anonymousId: string, at: number): string | undefined {
    const joins = this.events.filter(
      (e) => e.anonymousId === anonymousId && e.userId !== undefined && Date.parse(e.at) <= at,
    );
    return joins.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1)?.userId;
  }

  historyOf(who: { userId?: string | undefined; anonymousId?: string | undefined }, at: number): StoredEvent[] {
    const owner = who.anonymousId === undefined ? undefined : this.ownerOf(who.anonymousId, at);
    const user = who.userId ?? owner;
    const mine = (e: StoredEvent): boolean => {
      if (e.userId !== undefined) return e.userId === user;
      const holder = this.ownerOf(e.anonymousId!, at);
      return holder === undefined ? e.anonymousId === who.anonymousId : holder === user;
    };
    const seen = this.events.filter((e) => Date.parse(e.at) <= at && mine(e));
    return seen.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  countsOf(wanted: readonly string[], from: number, to: number): Map<string, number> {
    const counts = new Map<string, number>();
    for (const e of this.events) {
      const at = Date.parse(e.at);
      if (at > from && at <= to && wanted.includes(e.type))
        for (const item of itemsIn(e)) counts.set(item, (counts.get(item) ?? 0) + 1);
    }
    return counts;
  }
}

const itemsIn = (e: StoredEvent): readonly string[] => e.itemIds ?? (e.itemId === undefined ? [] : [e.itemId]);
const rowsIn = (events: readonly StoredEvent[]): unknown[] =>
  events.flatMap((e) =>
    (itemsIn(e).length === 0 ? [''] : itemsIn(e)).map((item) => [
      item,
      e.type,
      Date.parse(e.at),
      Math.fround(e.value!),
    ]),
  );
const rowsOfColumns = (columns: EventColumns): unknown[] =>
  columns.items.map((item, i) => [item, columns.types[i], columns.at[i], columns.values[i]]);

function trailing(events: readonly StoredEvent[], at: number): readonly StoredEvent[] {
  let start = events.length;
  for (let next = at; start > 0 && next - Date.parse(events[start - 1]!.at) <= 30 * 60_000; start--)
    next = Date.parse(events[start - 1]!.at);
  return events.slice(start);
}

const askers = [undefined, ...users].flatMap((userId) =>
  [undefined, ...anonymous].map((anonymousId) => ({ userId, anonymousId })),
);

describe('EventMemory against the definition', () => {
  // Asking between the events is what caches could get wrong.
  it('histories, sessions and owners, with joins, late and future events', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(drawn, fc.nat(20)), { maxLength: 25 }), (steps) => {
        const memory = new EventMemory();
        const reference = new Reference();
        const vocabulary = vocabularyOf(['c', 'a']);
        steps.forEach(([event, askAt], index) => {
          reference.events.push(eventOf(event, index));
          memory.apply(eventOf(event, index));
          const at = START + askAt * STEP;
          for (const who of askers) {
            const expected = reference.historyOf(who, at);
            const history = memory.histories.history(who, at);
            expect(rowsOfColumns(history)).toEqual(rowsIn(expected));
            expect([...history.rows(vocabulary)]).toEqual(history.items.map((item) => vocabulary.row(item)));
            expect(rowsOfColumns(memory.histories.session(who, at))).toEqual(rowsIn(trailing(expected, at)));
            const session = memory.histories.session({ ...who, sessionId: 's1' }, at);
            expect(rowsOfColumns(session)).toEqual(rowsIn(expected.filter((e) => e.sessionId === 's1')));
            expect([...session.rows(vocabulary)]).toEqual(session.items.map((item) => vocabulary.row(item)));
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('counts of windows that slide, jump, and are asked between late events', async () => {
    const ask = fc.tuple(
      fc.integer({ min: -2, max: 22 }),
      fc.constantFrom(1, 5, 30),
      fc.constantFrom(['view'], types),
      fc.boolean(),
    );
    const mixed = fc.array(fc.oneof(drawn, ask, ask), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.array(drawn, { maxLength: 40 }), mixed, async (first, then) => {
        const memory = new EventMemory();
        const reference = new Reference();
        const handedOut: { readonly byRow: Int32Array; readonly copy: readonly number[] }[] = [];
        for (const [index, step] of [...first, ...then].entries()) {
          if (!Array.isArray(step)) {
            reference.events.push(eventOf(step, index));
            memory.apply(eventOf(step, index));
            continue;
          }
          const [end, width, wanted, all] = step;
          const to = START + end * STEP;
          const from = all ? -Infinity : to - width * STEP;
          const answer = await memory.counts.window({ types: wanted, from, to });
          const expected = reference.countsOf(wanted, from, to);
          const { vocabulary, byRow } = answer;
          const counted = [...byRow]
            .map((count, row) => [vocabulary.id(row), count] as const)
            .filter(([, count]) => count > 0);
          expect(new Map(counted)).toEqual(expected);
          expect(answer.total).toBe([...expected.values()].reduce((sum, count) => sum + count, 0));
          handedOut.push({ byRow, copy: [...byRow] });
        }
        for (const { byRow, copy } of handedOut) expect([...byRow]).toEqual(copy);
      }),
      { numRuns: 200 },
    );
  });
});
