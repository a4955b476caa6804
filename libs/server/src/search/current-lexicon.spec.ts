import { item, openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { CurrentLexicon } from './current-lexicon.js';
import { LearnedQueries } from './learned-queries.js';

let scratch: ScratchStores;
let queries: LearnedQueries;
let current: CurrentLexicon;
let monotonic = 0;
const warn = (line: string): never => {
  throw new Error(line);
};
const aTurn = () => new Promise((resolve) => setImmediate(resolve));
const titles = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => item(`i${from + i}`, `Thing ${from + i}`));
const knows = async (word: string) => (await current.get()).spelling.weightOf(word) > 0;

beforeEach(async () => {
  scratch = await openScratchStores();
  monotonic = 0;
  const clock = { now: () => 0, monotonic: () => monotonic };
  queries = new LearnedQueries({ stores: scratch.stores, clock, warn });
  current = new CurrentLexicon({ stores: scratch.stores, queries, clock, warn });
});
afterEach(async () => {
  await current.close();
  await queries.close();
  await scratch.close();
});

describe('CurrentLexicon', () => {
  it('is the same as long as nothing changes, and as new as a small catalogue', async () => {
    await scratch.stores.items.upsert(titles(10));
    const first = await current.get();
    expect(await current.get()).toBe(first);
    await scratch.stores.items.upsert([item('new', 'Novelty')]);
    expect(await knows('novelty')).toBe(true);
    await scratch.stores.items.delete(['new']);
    expect(await knows('novelty')).toBe(false);
  });

  it('answers all who ask at once from one building', async () => {
    await scratch.stores.items.upsert(titles(300));
    const [one, other] = await Promise.all([current.get(), current.get()]);
    expect(one).toBe(other);
  });

  it('stays as it was for five seconds where the catalogue is large, and changes in the background', async () => {
    await scratch.stores.items.upsert(titles(1_100));
    const first = await current.get();
    await scratch.stores.items.upsert([item('new', 'Novelty')]);
    monotonic = 4_999;
    expect(await current.get()).toBe(first);
    await aTurn();
    expect(await current.get()).toBe(first);
    monotonic = 5_000;
    expect(await current.get()).toBe(first);
    while (!(await knows('novelty'))) await aTurn();
    expect(await current.get()).not.toBe(first);
  });

  it('waits for a catalogue that is another altogether', async () => {
    await scratch.stores.items.upsert(titles(10));
    await current.get();
    await scratch.stores.items.upsert([...titles(1_500, 10), item('new', 'Novelty')]);
    expect(await knows('novelty')).toBe(true);
  });

  it('lets others have turns while it is built', async () => {
    await scratch.stores.items.upsert(titles(1_000));
    let turns = 0;
    let building = true;
    const counting = (async () => {
      for (; building; turns++) await aTurn();
    })();
    await current.get();
    building = false;
    await counting;
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  it('is built once more for all who ask for that while it is built', async () => {
    await scratch.stores.items.upsert(titles(300));
    let readings = 0;
    const { events } = scratch.stores;
    const window = events.window.bind(events);
    events.window = (query) => {
      readings++;
      return window(query);
    };
    const first = current.get();
    while (readings === 0) await aTurn();
    await Promise.all([current.rebuild(), current.rebuild(), current.rebuild()]);
    expect(readings).toBe(2);
    expect(await current.get()).not.toBe(await first);
  });

  it('can be closed while it is built', async () => {
    await scratch.stores.items.upsert(titles(1_000));
    const building = current.get();
    const [ended] = await Promise.allSettled([building, current.close()]);
    expect(ended.status).toBe('rejected');
  });
});
