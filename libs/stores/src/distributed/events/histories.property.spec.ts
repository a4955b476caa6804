import { START } from '@attune/testkit';
import type { EventColumns, StoredEvent } from '@attune/sdk';
import * as fc from 'fast-check';
import { EventMemory } from '../../embedded/events/event.memory.js';
import { DistributedEvents } from '../../fixtures/distributed-events.js';
import { describeWith } from '../../fixtures/services.js';

const STEP = 7 * 60_000;
const users = ['u0', 'u1', 'u2'];
const anonymous = ['u0', 'x1', 'x2'];

const drawn = fc.record({
  step: fc.nat(20),
  who: fc.oneof(
    fc.record({ userId: fc.constantFrom(...users) }),
    fc.record({ anonymousId: fc.constantFrom(...anonymous) }),
    fc.record({ userId: fc.constantFrom(...users), anonymousId: fc.constantFrom(...anonymous) }),
  ),
  itemIds: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
  session: fc.option(fc.constantFrom('s1', 's2'), { nil: undefined }),
});
const asked = fc.record({
  userId: fc.option(fc.constantFrom(...users), { nil: undefined }),
  anonymousId: fc.option(fc.constantFrom(...anonymous), { nil: undefined }),
  step: fc.integer({ min: -1, max: 21 }),
});
/** Some events, then some questions; before those, Redis may have forgotten everything. */
const round = fc.record({
  events: fc.array(drawn, { maxLength: 6 }),
  questions: fc.array(asked, { maxLength: 6 }),
  forgetful: fc.boolean(),
});

const rowsOf = (columns: EventColumns): unknown[] =>
  columns.items.map((item, i) => [item, columns.types[i], columns.at[i], columns.values[i]]);

function eventOf(
  { step, who, itemIds, session }: typeof drawn extends fc.Arbitrary<infer T> ? T : never,
  n: number,
): StoredEvent {
  const at = new Date(START + step * STEP).toISOString();
  const items = itemIds.length === 0 ? {} : { itemIds };
  return {
    id: `e${n}`,
    type: 'view',
    at,
    value: n,
    ...who,
    ...items,
    ...(session === undefined ? {} : { sessionId: session }),
  };
}

describeWith(['elasticsearch', 'redis'], 'Distributed histories against the embedded ones', () => {
  const services = new DistributedEvents(() => START + 100 * STEP);
  beforeAll(async () => await services.open());
  afterAll(async () => await services.clear());

  it('are equal for whoever asks, whenever, of another process than the one that appends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { maxLength: 5 }), async (rounds) => {
        const tenant = services.indices.tenant();
        const [writer, reader] = [await services.store({ tenant }), await services.store({ tenant })];
        const memory = new EventMemory();
        let n = 0;
        for (const { events, questions, forgetful } of rounds) {
          const batch = events.map((event) => eventOf(event, n++));
          await writer.append(batch);
          for (const event of batch) memory.apply(event);
          if (forgetful) await services.forgetKeys();
          for (const { step, ...who } of questions) {
            const at = START + step * STEP;
            expect(rowsOf(await reader.history(who, at))).toEqual(rowsOf(memory.histories.history(who, at)));
            const session = { ...who, sessionId: 's1' };
            expect(rowsOf(await reader.session(session, at))).toEqual(rowsOf(memory.histories.session(session, at)));
            expect(rowsOf(await reader.session(who, at))).toEqual(rowsOf(memory.histories.session(who, at)));
          }
        }
      }),
      { numRuns: 25 },
    );
    expect(services.troubles).toEqual([]);
  }, 300_000);
});
