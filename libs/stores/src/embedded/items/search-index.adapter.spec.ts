import { START, itemOf, joined, putVectors, searchIndexContract } from '@attune/testkit';
import { compilePredicate, vocabularyOf, type Item, type Predicate } from '@attune/sdk';
import * as fc from 'fast-check';
import { join } from 'node:path';
import { Scratch } from '../../fixtures/scratch.js';
import { DurableLog } from '../log/durable-log.js';
import type { OpenLog } from '../record-log.js';
import { EmbeddedSearchIndex } from './search-index.adapter.js';
import type { StoredSpace } from './vector.space.js';

const TEXT: StoredSpace = { id: 'text', dims: 2, metric: 'cosine', digest: 'model-1' };
const FACTORS: StoredSpace = { id: 'factors', dims: 2, metric: 'dot', digest: 'slot-1', ofText: false };
const scratch = new Scratch();
const opened: EmbeddedSearchIndex[] = [];

const logIn =
  (...path: readonly string[]): OpenLog =>
  (onRecord) =>
    DurableLog.open(join(...path), { onRecord, warn: () => undefined });

async function openIndex(
  folder: string,
  space = TEXT,
  openItems = logIn(folder, 'items'),
): Promise<EmbeddedSearchIndex> {
  const openVectors = ({ digest }: StoredSpace): OpenLog => logIn(folder, 'vectors', digest);
  const modelsOf = (): Promise<readonly string[]> => Promise.resolve([]);
  const clock = (): number => START;
  const index = await EmbeddedSearchIndex.open({ openItems, openVectors, modelsOf, spaces: [space, FACTORS], clock });
  opened.push(index);
  return index;
}

/** Records of a log. */
async function recordsIn(...path: readonly string[]): Promise<number> {
  let count = 0;
  const log = await DurableLog.open(join(...path), { onRecord: () => count++, warn: () => undefined });
  await log.close();
  return count;
}

afterEach(async () => {
  for (const index of opened.splice(0)) await index.close();
  await scratch.clear();
});

describe('EmbeddedSearchIndex', () => {
  for (const { name, run } of searchIndexContract(
    async (metric) => await openIndex(await scratch.folder(), { ...TEXT, metric }),
  ))
    it(name, run);

  it('answers the same after it was closed and opened, and sets the past aside', async () => {
    const folder = await scratch.folder();
    const first = await openIndex(folder);
    for (let version = 0; version < 5; version++)
      await first.upsert([itemOf('a', { title: `Lamp ${version}` }), itemOf('b')]);
    await first.upsert([itemOf('c', { title: 'Lamp shade' }), itemOf('d')]);
    await first.delete(['d']);
    await putVectors(first, 'text', ['a', 'b', 'c'], Float32Array.of(1, 0, 0, 1, 0.25, 0.125));
    await first.upsert([itemOf('b', { title: 'Other' })]);
    const answers = async (index: EmbeddedSearchIndex): Promise<unknown> => [
      await index.get(['a', 'b', 'c', 'd']),
      await index.lexical({ text: 'lamp', k: 9 }),
      await index.knn({ space: 'text', vector: Float32Array.of(1, 0.1), k: 9 }),
      await index.gather('text', ['a', 'b', 'c', 'd']),
      await joined(index.withoutVector('text')),
    ];
    const before = await answers(first);
    await first.close();
    expect(await answers(await openIndex(folder))).toEqual(before);
    await opened.at(-1)!.close();
    expect(await recordsIn(folder, 'items')).toBe(3);
    expect(await answers(await openIndex(folder))).toEqual(before);
  });

  it('sets the past aside while feeds come again and again', async () => {
    const folder = await scratch.folder();
    const index = await openIndex(folder);
    const feed = Array.from({ length: 1_000 }, (_, i) => itemOf(`i${i}`));
    for (let day = 0; day < 13; day++) await index.upsert(feed);
    await index.delete(['i0']);
    const answer = await index.get(['i0', 'i1', 'i999']);
    await index.close();
    expect(await recordsIn(folder, 'items')).toBe(1_001);
    const again = await openIndex(folder);
    expect(await again.get(['i0', 'i1', 'i999'])).toEqual(answer);
    expect(await again.size()).toBe(999);
  });

  it('dates an item without a time at its receipt', async () => {
    const index = await openIndex(await scratch.folder());
    await index.upsert([itemOf('a')]);
    expect((await index.get(['a']))[0]?.updatedAt).toBe(new Date(START).toISOString());
  });

  it('keeps vectors of two models of a space apart, so that one can switch back', async () => {
    const folder = await scratch.folder();
    const one = await openIndex(folder);
    await one.upsert([itemOf('a')]);
    expect(await one.setVectors('text', [itemOf('a')], Float32Array.of(1, 0))).toBe(1);
    await one.close();
    const two = await openIndex(folder, { ...TEXT, digest: 'model-2', dims: 3 });
    expect(await joined(two.withoutVector('text'))).toEqual(['a']);
    await two.close();
    expect(await joined((await openIndex(folder)).withoutVector('text'))).toEqual([]);
  });

  it('changes nothing where the log fails', async () => {
    const failing: OpenLog = () =>
      Promise.resolve({
        append: () => Promise.reject(new Error('no space left: make room')),
        rewrite: () => Promise.resolve(),
        close: () => Promise.resolve(),
      });
    const index = await openIndex(await scratch.folder(), TEXT, failing);
    await expect(index.upsert([itemOf('a')])).rejects.toMatchObject({
      code: 'NOT_DURABLE',
      detail: 'no space left: make room',
    });
    expect([await index.size(), (await index.lexical({ text: 'title', k: 5 })).ids]).toEqual([0, []]);
  });

  it('decides concurrent changes in order', async () => {
    const index = await openIndex(await scratch.folder());
    const at = (ms: number): string => new Date(START + ms).toISOString();
    const answers = await Promise.all([3, 1, 4, 2].map((ms) => index.upsert([itemOf('a', { updatedAt: at(ms) })])));
    expect(answers.map(({ applied }) => applied[0])).toEqual([true, false, true, false]);
    expect((await index.get(['a']))[0]?.updatedAt).toBe(at(4));
  });
});

const ids = Array.from({ length: 12 }, (_, i) => `i${i}`);
const item: fc.Arbitrary<Item> = fc.record(
  {
    id: fc.constantFrom(...ids),
    title: fc.constantFrom('lamp', 'red lamp', 'chair'),
    brand: fc.constantFrom('X', 'Y'),
    tags: fc.uniqueArray(fc.constantFrom('t1', 't2')),
    available: fc.boolean(),
  },
  { requiredKeys: ['id', 'title'] },
);
const idList = fc.uniqueArray(fc.constantFrom(...ids, 'unknown'));
const { where } = fc.letrec<{ where: Predicate; leaf: Predicate }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<Predicate>(
      { brand: 'X' },
      { brand: { $ne: 'X' } },
      { tags: 't1' },
      { available: true },
      { brand: { $exists: false } },
    ),
    idList.map((list): Predicate => ({ id: { $nin: list } })),
    idList.map((list): Predicate => ({ id: { $in: list } })),
    idList.map((list): Predicate => ({ $not: { id: { $in: list } } })),
    fc.constantFrom(...ids).map((id): Predicate => ({ $not: { id } })),
    fc.constantFrom(...ids).map((id): Predicate => ({ id: { $ne: id }, brand: 'Y' })),
    idList.map((list): Predicate => ({ id: { $nin: list, $gt: 'i3' } })),
    fc.constantFrom(...ids).map((id): Predicate => ({ $not: { id, brand: 'X' } })),
    idList.map((list): Predicate => ({ $not: { id: { $in: list, $lt: 'i7' } } })),
  ),
  where: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('where'), { minLength: 1, maxLength: 3 }).map((all): Predicate => ({ $and: all })),
    fc.array(tie('where'), { minLength: 1, maxLength: 3 }).map((any): Predicate => ({ $or: any })),
    tie('where').map((one): Predicate => ({ $not: one })),
  ),
}));

describe('filters against the definition', () => {
  const vocabulary = vocabularyOf(['unknown', ...[...ids].reverse()]);
  const step = fc.oneof(fc.array(item, { maxLength: 4 }), fc.array(fc.constantFrom(...ids), { maxLength: 2 }), where);

  it('hold for `allowed`, lexical search and neighbors while items come, change and go', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const index = await openIndex(await scratch.folder(), TEXT, quietLog);
        const stored = new Map<string, Item>();
        for (const one of steps) {
          if (!Array.isArray(one)) await compare(index, stored, one as Predicate);
          else if (one.length === 0 || typeof one[0] === 'string') {
            await index.delete(one as string[]);
            for (const id of one as string[]) stored.delete(id);
          } else {
            const items = one as Item[];
            await index.upsert(items);
            for (const each of items) stored.set(each.id, each);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  async function compare(
    index: EmbeddedSearchIndex,
    stored: ReadonlyMap<string, Item>,
    filter: Predicate,
  ): Promise<void> {
    const test = compilePredicate(filter);
    const passing = new Set([...stored.values()].filter(test).map(({ id }) => id));
    const mask = await index.allowed(filter, vocabulary);
    expect(
      [...mask]
        .map((bit, row) => (bit === 1 ? vocabulary.id(row) : ''))
        .filter((id) => id !== '')
        .sort(),
    ).toEqual([...passing].sort());
    const lamps = [...passing].filter((id) => stored.get(id)!.title.includes('lamp')).sort();
    const { ids: found } = await index.lexical({ text: 'lamp', k: 99, where: filter });
    expect([...found].sort()).toEqual(lamps);
    const missing = await joined(index.withoutVector('text'));
    await putVectors(index, 'text', missing, new Float32Array(missing.length * 2).fill(1));
    const near = await index.knn({ space: 'text', vector: Float32Array.of(1, 0), k: 99, where: filter });
    expect([...near.ids].sort()).toEqual([...passing].sort());
  }

  /** Durability is not what is tried here. */
  const quietLog: OpenLog = () =>
    Promise.resolve({
      append: () => Promise.resolve(),
      rewrite: () => Promise.resolve(),
      close: () => Promise.resolve(),
    });
});
