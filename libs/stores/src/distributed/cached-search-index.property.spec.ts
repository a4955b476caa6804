import type { Change, Item } from '@attune/sdk';
import { itemOf, START } from '@attune/testkit';
import * as fc from 'fast-check';
import { FakeSearchIndex } from '../fixtures/fake-search-index.js';
import { HandFeed } from '../fixtures/hand-feed.js';
import { CachedSearchIndex } from './cached-search-index.js';

const IDS = ['a', 'b', 'c'];
type Kind = 'document' | 'vector';

const kind = fc.constantFrom<Kind>('document', 'vector');
const ids = fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1 });
const command = fc.record({ does: fc.constantFrom('reads', 'reads', 'writes'), kind, ids });
/** What each process does, by two requests at a time. */
const commands = fc.array(command, { maxLength: 8 });
const work = fc.tuple(commands, commands, commands, commands);

/** Remembers all values an id had. */
class Recorded<V> extends Map<string, V> {
  readonly past = new Map<string, V[]>();

  override set(id: string, value: V): this {
    const past = this.past.get(id) ?? [];
    this.past.set(id, [...past, value]);
    return super.set(id, value);
  }
}

/** Two processes on one index, whose calls and messages take their turns as the scheduler says. */
class TwoProcesses {
  readonly documents = new Recorded<Item>();
  readonly vectors = new Recorded<number>();
  readonly index = new FakeSearchIndex(this.documents, this.vectors);
  readonly feeds = [new HandFeed(), new HandFeed()];
  readonly caches = this.feeds.map(
    (changes) => new CachedSearchIndex({ index: this.index.asSearchIndex(), changes, clock: () => START }),
  );
  /** How new the values are at least that each process may give: places in the past of a kind and id. */
  private readonly known = [new Map<string, number>(), new Map<string, number>()];
  /** Messages arrive in the order they were sent. */
  private readonly arriving = [Promise.resolve(), Promise.resolve()];
  private written = 0;

  /** `isHeard`: of each message whether it arrives, or `lost` in its place. */
  constructor(
    private readonly scheduler: fc.Scheduler,
    private readonly isHeard: Iterator<boolean>,
  ) {
    for (const id of IDS) {
      this.documents.set(id, itemOf(id, { title: '0' }));
      this.vectors.set(id, 0);
    }
    this.index.gate = (what) => scheduler.schedule(Promise.resolve(), what);
    for (const [process, feed] of this.feeds.entries()) feed.publish = (change) => this.publish(process, change);
  }

  /** Reads one kind of these ids; no value may be older than what the process knew of when it began. */
  async read(process: number, kind: Kind, ids: readonly string[]): Promise<void> {
    const least = ids.map((id) => this.known[process]!.get(`${kind} ${id}`) ?? 0);
    const cache = this.caches[process]!;
    const places =
      kind === 'document'
        ? (await cache.get(ids)).map((item, i) => this.documents.past.get(ids[i]!)!.indexOf(item!))
        : [...(await cache.gather('text', ids)).data].map((value, i) => this.vectors.past.get(ids[i]!)!.indexOf(value));
    for (const [i, place] of places.entries()) expect(place).toBeGreaterThanOrEqual(least[i]!);
  }

  async write(process: number, kind: Kind, ids: readonly string[]): Promise<void> {
    const value = ++this.written;
    const items = ids.map((id) => itemOf(id, { title: `${value}` }));
    const cache = this.caches[process]!;
    if (kind === 'document') await cache.upsert(items);
    else await cache.setVectors('text', items, new Float32Array(items.length).fill(value));
  }

  private async publish(process: number, change: Change): Promise<void> {
    if (change.kind !== 'items') return;
    const places = new Map<string, number>();
    for (const id of change.ids) {
      places.set(`document ${id}`, this.documents.past.get(id)!.length - 1);
      places.set(`vector ${id}`, this.vectors.past.get(id)!.length - 1);
    }
    this.knows(process, places);
    const other = 1 - process;
    const told = this.isHeard.next().value === true ? change : ({ kind: 'lost' } as const);
    this.arriving[other] = this.arriving[other]!.then(async () => {
      await this.scheduler.schedule(Promise.resolve(), `${told.kind} is heard by ${other}`);
      this.feeds[other]!.tell(told);
      this.knows(other, places);
    });
    await this.scheduler.schedule(Promise.resolve(), 'publish is answered');
  }

  private knows(process: number, places: ReadonlyMap<string, number>): void {
    const known = this.known[process]!;
    for (const [key, place] of places) known.set(key, Math.max(place, known.get(key) ?? 0));
  }
}

it('gives nothing older than what a process knew of when it began to read, in any order of what two do', async () => {
  let reads = 0;
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), work, fc.infiniteStream(fc.boolean()), async (scheduler, requests, isHeard) => {
      const both = new TwoProcesses(scheduler, isHeard);
      const does = async (process: number, one: (typeof requests)[number]): Promise<void> => {
        for (const { does: what, kind: of, ids: those } of one) {
          if (what === 'writes') await both.write(process, of, those);
          else await both.read(process, of, those);
          if (what === 'reads') reads++;
        }
      };
      await scheduler.waitFor(Promise.all(requests.map((one, i) => does(i % 2, one))));
      asked += both.index.asked.length;
      await scheduler.waitIdle();
      await scheduler.waitFor(Promise.all([0, 1].map((process) => both.read(process, 'document', IDS))));
    }),
    { numRuns: 500 },
  );
  // Most of what was read was held.
  expect(asked).toBeLessThan(reads);
});
