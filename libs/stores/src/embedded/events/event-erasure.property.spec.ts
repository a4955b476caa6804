import { MINUTE, START } from '@attune/testkit';
import type { StoredEvent } from '@attune/sdk';
import * as fc from 'fast-check';
import { join } from 'node:path';
import { Scratch } from '../../fixtures/scratch.js';
import { DurableLog } from '../log/durable-log.js';
import { EmbeddedEventStore } from './event-store.adapter.js';

const END = START + 1_000 * MINUTE;
const users = ['u0', 'u1', 'u2'];
const scratch = new Scratch();

async function openStore(folder: string): Promise<EmbeddedEventStore> {
  const warn = (line: string): never => {
    throw new Error(line);
  };
  return await EmbeddedEventStore.open((onRecord) => DurableLog.open(folder, { onRecord, warn, segmentBytes: 600 }), {
    clock: () => END,
    warn,
  });
}

/** The definition: calls take effect in their order. */
class Reference {
  events: StoredEvent[] = [];

  ownerOf(anonymousId: string): string | undefined {
    const joins = this.events.filter((e) => e.anonymousId === anonymousId && e.userId !== undefined);
    return joins.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1)?.userId;
  }

  erase(userId: string): { events: number; anonymousIds: string[] } {
    const held = new Set(['x0', 'x1'].filter((id) => this.ownerOf(id) === userId));
    const size = this.events.length;
    this.events = this.events
      .filter((e) => (e.userId === undefined ? !held.has(e.anonymousId!) : e.userId !== userId))
      .map(({ anonymousId, ...rest }) =>
        anonymousId === undefined || held.has(anonymousId) ? rest : { ...rest, anonymousId },
      );
    return { events: size - this.events.length, anonymousIds: [...held] };
  }
}

const event = fc.record({
  minute: fc.nat(9),
  who: fc.oneof(
    fc.record({ userId: fc.constantFrom(...users) }),
    fc.record({ anonymousId: fc.constantFrom('x0', 'x1') }),
    fc.record({ userId: fc.constantFrom(...users), anonymousId: fc.constantFrom('x0', 'x1') }),
  ),
});
const call = fc.oneof(
  { weight: 3, arbitrary: fc.array(event, { minLength: 1, maxLength: 5 }) },
  { weight: 1, arbitrary: fc.constantFrom(...users) },
);

afterEach(async () => await scratch.clear());

describe('Erasing users while events come in', () => {
  it('is as if each call had waited for the one before, also after another start', async () => {
    const root = await scratch.folder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 14 }), async (calls) => {
        const folder = join(root, `run${run++}`);
        const store = await openStore(folder);
        const reference = new Reference();
        const expected: unknown[] = [];
        const answers = calls.map((each, n) => {
          if (typeof each === 'string') {
            expected.push(reference.erase(each));
            return store
              .erase(each)
              .then(({ events, anonymousIds }) => ({ events, anonymousIds: [...anonymousIds].sort() }));
          }
          const events = each.map(({ minute, who }, i): StoredEvent => {
            const at = new Date(START + minute * MINUTE).toISOString();
            return { id: `e${n}-${i}`, type: 'view', at, itemId: `i${n}-${i}`, ...who };
          });
          reference.events.push(...events);
          expected.push({ created: events.map(() => true) });
          return store.append(events);
        });
        expect(await Promise.all<unknown>(answers)).toEqual(expected);
        await expectSame(store, reference);
        await store.close();
        const again = await openStore(folder);
        await expectSame(again, reference);
        await again.close();
      }),
      { numRuns: 40 },
    );
  });
});

async function expectSame(store: EmbeddedEventStore, reference: Reference): Promise<void> {
  const scanned: StoredEvent[] = [];
  for await (const page of store.scan()) scanned.push(...page);
  expect(scanned).toEqual(reference.events);
  const anonymous = ['x0', 'x1'];
  expect(await store.usersOf(anonymous, END)).toEqual(anonymous.map((id) => reference.ownerOf(id)));
  for (const userId of users) {
    const mine = reference.events.filter((e) => (e.userId ?? reference.ownerOf(e.anonymousId!)) === userId);
    expect(await store.eventsOf(userId)).toEqual(mine);
    const inTime = [...mine].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    expect((await store.history({ userId }, END)).items).toEqual(inTime.map(({ itemId }) => itemId));
  }
}
