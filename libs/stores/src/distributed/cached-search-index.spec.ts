import { AttuneError, type ChangesLost } from '@attune/sdk';
import { itemOf, ManualClock, searchIndexContract, START } from '@attune/testkit';
import { NO_OTHERS } from '../embedded/no-others.js';
import { openEmbeddedStores, type EmbeddedStores } from '../embedded/stores.adapter.js';
import { FakeSearchIndex } from '../fixtures/fake-search-index.js';
import { HandFeed } from '../fixtures/hand-feed.js';
import { jsonCodec, Scratch } from '../fixtures/scratch.js';
import { CachedSearchIndex } from './cached-search-index.js';

const LOST: ChangesLost = { kind: 'lost' };
const first = <T>(values: readonly T[]): T | undefined => values[0];

describe('CachedSearchIndex', () => {
  const scratch = new Scratch();
  const opened: EmbeddedStores[] = [];
  const warnings: string[] = [];
  afterEach(async () => {
    for (const stores of opened.splice(0)) await stores.close();
    await scratch.clear();
    expect(warnings.splice(0)).toEqual([]);
  });

  const checks = searchIndexContract(async (metric) => {
    const stores = await openEmbeddedStores({
      folder: await scratch.folder(),
      clock: () => START,
      warn: (line) => warnings.push(line),
      spaces: [
        { id: 'text', dims: 2, metric, digest: 'model-1' },
        { id: 'factors', dims: 2, metric: 'dot', digest: 'slot-1', ofText: false },
      ],
      codec: jsonCodec,
    });
    opened.push(stores);
    return new CachedSearchIndex({
      index: stores.of({ tenant: 'default' }).items,
      changes: NO_OTHERS,
      clock: () => START,
    });
  });
  for (const { name, run } of checks) it(name, run);
});

describe('what is held', () => {
  let clock: ManualClock;
  let index: FakeSearchIndex;
  let feed: HandFeed;
  let cache: CachedSearchIndex;
  beforeEach(() => {
    [clock, index, feed] = [new ManualClock(START), new FakeSearchIndex(), new HandFeed()];
    cache = over(() => clock.now());
    for (const id of ['a', 'b', 'c']) index.items.set(id, itemOf(id));
  });

  const over = (now: () => number): CachedSearchIndex =>
    new CachedSearchIndex({ index: index.asSearchIndex(), changes: feed, clock: now });
  const title = async (id: string): Promise<string | undefined> => first(await cache.get([id]))?.title;
  const vector = async (id: string): Promise<number | undefined> => (await cache.gather('text', [id])).data[0];
  /** As another process changes it: nobody here is told. */
  const change = (id: string): void => void index.items.set(id, itemOf(id, { title: 'New' }));

  it('is not asked for again, and neither is what is not there', async () => {
    expect((await cache.get(['a', 'none', 'a'])).map((item) => item?.id)).toEqual(['a', undefined, 'a']);
    expect((await cache.get(['none', 'b', 'a'])).map((item) => item?.id)).toEqual([undefined, 'b', 'a']);
    index.vectors.set('a', 7);
    expect([...(await cache.gather('text', ['a', 'b'])).data]).toEqual([7, NaN]);
    expect([...(await cache.gather('text', ['b', 'a', 'c'])).data]).toEqual([NaN, 7, NaN]);
    expect(index.asked).toEqual([['a', 'none'], ['b'], ['a', 'b'], ['c']]);
  });

  it('goes with a change of this process, which others are told of, also where it failed', async () => {
    await cache.get(['a', 'b']);
    await cache.upsert([itemOf('a', { title: 'Second' })]);
    expect(await title('a')).toBe('Second');
    await cache.setVectors('text', [itemOf('a')], Float32Array.of(1));
    expect([await vector('a'), await vector('b')]).toEqual([1, NaN]);
    await cache.setVectors('text', [itemOf('b'), itemOf('b')], Float32Array.of(2, 3));
    expect(await vector('b')).toBe(3);
    await cache.delete(['a', 'a']);
    expect(await title('a')).toBeUndefined();
    index.failure = new AttuneError('NOT_DURABLE', 'half of it is stored');
    await expect(cache.upsert([itemOf('b')])).rejects.toThrow('half of it');
    index.failure = undefined;
    change('b');
    expect(await title('b')).toBe('New');
    expect(feed.published).toEqual(['a', 'a', 'b', 'a', 'b'].map((id) => ({ kind: 'items', ids: [id] })));
  });

  it('goes with a change of another process, and all of it once changes were lost', async () => {
    for (const id of ['a', 'b']) index.vectors.set(id, 1);
    await Promise.all([cache.get(['a', 'b']), cache.gather('text', ['a', 'b'])]);
    for (const id of ['a', 'b']) {
      change(id);
      index.vectors.set(id, 2);
    }
    feed.tell({ kind: 'items', ids: ['a'] });
    expect([await title('a'), await title('b'), await vector('a'), await vector('b')]).toEqual([
      'New',
      'Title of b',
      2,
      1,
    ]);
    for (const other of [{ kind: 'model', name: 'b' } as const, { kind: 'consent', userIds: ['b'] } as const])
      feed.tell(other);
    expect(await title('b')).toBe('Title of b');
    feed.tell(LOST);
    expect([await title('b'), await vector('b')]).toEqual(['New', 2]);
    cache.close();
    index.items.clear();
    feed.tell(LOST);
    expect(await title('b')).toBe('New');
  });

  it('is read again after a minute, and after a second while nothing is heard', async () => {
    await cache.get(['a']);
    change('a');
    clock.advance(59_999);
    expect(await title('a')).toBe('Title of a');
    clock.advance(1);
    expect(await title('a')).toBe('New');
    change('b');
    await cache.get(['b']);
    feed.isListening = false;
    index.items.set('b', itemOf('b'));
    clock.advance(999);
    expect(await title('b')).toBe('New');
    clock.advance(1);
    expect(await title('b')).toBe('Title of b');
  });

  it('is no fresher where the clock was set back', async () => {
    let now = START;
    cache = over(() => now);
    await cache.get(['a']);
    change('a');
    now -= 3_600_000;
    expect(await title('a')).toBe('New');
  });

  it('is given however old it is while the index cannot be read; without it there is the error', async () => {
    index.vectors.set('a', 5);
    expect([await title('a'), await vector('a'), await title('none')]).toEqual(['Title of a', 5, undefined]);
    clock.advance(3_600_000);
    feed.tell(LOST);
    index.failure = new AttuneError('STORE_UNAVAILABLE', 'Elasticsearch: gone');
    expect([await title('a'), await vector('a'), await title('none')]).toEqual(['Title of a', 5, undefined]);
    await expect(cache.get(['a', 'b'])).rejects.toThrow('gone');
    await expect(cache.gather('text', ['a', 'b'])).rejects.toThrow('gone');
    await expect(cache.gather('image', ['a'])).rejects.toThrow('gone');
    // What is known to be another by now is not given.
    feed.tell({ kind: 'items', ids: ['a'] });
    await expect(cache.get(['a'])).rejects.toThrow('gone');
    index.failure = undefined;
    expect(await title('a')).toBe('Title of a');
    index.failure = new TypeError('a fault of ours');
    clock.advance(60_000);
    await expect(cache.get(['a'])).rejects.toThrow('a fault of ours');
  });

  it('is there for each id alone, without asking', async () => {
    index.vectors.set('a', 5);
    await cache.get(['a', 'none']);
    await cache.gather('text', ['a']);
    index.asked.splice(0);
    clock.advance(3_600_000);
    expect((await cache.held.documents(['b', 'a', 'none'])).map((item) => item?.id)).toEqual([
      undefined,
      'a',
      undefined,
    ]);
    const { rows, dims, data } = await cache.held.vectors('text', ['b', 'a']);
    expect([rows, dims, ...data]).toEqual([2, 1, NaN, 5]);
    expect(index.asked).toEqual([]);
    feed.tell({ kind: 'items', ids: ['a'] });
    expect(await cache.held.documents(['a'])).toEqual([undefined]);
  });

  it('is not what was read while it changed', async () => {
    const gates: (() => void)[] = [];
    index.gate = () => new Promise<void>((resolve) => gates.push(resolve));
    const letAllThrough = async (): Promise<void> => {
      for (let turn = 0; turn < 20; turn++) {
        for (const pass of gates.splice(0)) pass();
        await Promise.resolve();
      }
    };
    for (const told of [{ kind: 'items', ids: ['a'] } as const, LOST]) {
      index.items.set('a', itemOf('a', { title: 'Old' }));
      feed.tell({ kind: 'items', ids: ['a'] });
      const reading = cache.get(['a']);
      gates.splice(0).forEach((pass) => pass());
      await Promise.resolve();
      change('a');
      feed.tell(told);
      await letAllThrough();
      expect(first(await reading)?.title).toBe('Old');
      const again = cache.get(['a']);
      await letAllThrough();
      expect(first(await again)?.title).toBe('New');
    }
  });

  it('is whole where something else was dropped while a part of it was read', async () => {
    await cache.get(['a', 'b']);
    index.gate = () => Promise.resolve(feed.tell({ kind: 'items', ids: ['a', 'b'] }));
    expect((await cache.get(['a', 'c', 'b'])).map((item) => item?.id)).toEqual(['a', 'c', 'b']);
  });

  it('is bounded by what it weighs, documents and the vectors of each space apart', async () => {
    const MIB = 2 ** 20;
    index.items.set('huge', itemOf('huge', { title: 'x'.repeat(33 * MIB) }));
    for (let n = 0; n < 9; n++) index.items.set(`i${n}`, itemOf(`i${n}`, { title: 'x'.repeat(4 * MIB) }));
    index.dims = 2 * MIB;
    for (let n = 0; n < 9; n++) index.vectors.set(`i${n}`, n);
    for (const id of ['huge', 'a', 'huge']) await cache.get([id]);
    expect(index.asked.splice(0)).toEqual([['huge'], ['a'], ['huge']]);
    for (let n = 0; n < 8; n++) await cache.get([`i${n}`]);
    for (let n = 0; n < 9; n++) await cache.gather('text', [`i${n}`]);
    index.asked.splice(0);
    await cache.get(['i7', 'i1']);
    await cache.gather('text', ['i8', 'i2']);
    expect(index.asked).toEqual([]);
    await cache.get(['i0']);
    await cache.gather('text', ['i0']);
    expect(index.asked).toEqual([['i0'], ['i0']]);
  });
});
