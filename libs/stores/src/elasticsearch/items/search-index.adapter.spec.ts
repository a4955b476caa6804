import type { Item } from '@attune/sdk';
import { calmCall, eventAt, itemOf, joined, putVectors, searchIndexContract, START } from '@attune/testkit';
import type { StoredSpace } from '../../embedded/items/vector.space.js';
import { ScratchIndices } from '../../fixtures/scratch-indices.js';
import { describeWith } from '../../fixtures/services.js';
import { ElasticsearchSearchIndex, type ElasticsearchSearchIndexOptions } from './search-index.adapter.js';

const TEXT: StoredSpace = { id: 'text', dims: 2, metric: 'cosine', digest: 'model-1' };
const FACTORS: StoredSpace = { id: 'factors', dims: 2, metric: 'dot', digest: 'slot-1', ofText: false };
const CALL = calmCall();
/** Sorted; listed and counted alike. */
async function missing(index: ElasticsearchSearchIndex, space: string): Promise<readonly string[]> {
  await index.refresh();
  const ids = await joined(index.withoutVector(space));
  expect(await index.countWithoutVector(space)).toBe(ids.length);
  return [...ids].sort();
}
const moment = (minute: number): string => eventAt(minute, { id: 'any' }).at;

describeWith(['elasticsearch'], 'ElasticsearchSearchIndex', () => {
  const scratch = new ScratchIndices();
  afterAll(async () => await scratch.clear());

  const open = (options: Partial<ElasticsearchSearchIndexOptions> = {}): Promise<ElasticsearchSearchIndex> =>
    ElasticsearchSearchIndex.open({
      connection: scratch.connection,
      tenant: scratch.tenant(),
      spaces: [TEXT],
      clock: () => START,
      vectors: 'exact',
      ...options,
    });

  for (const { name, run } of searchIndexContract(
    async (metric) => await open({ spaces: [{ ...TEXT, metric }, FACTORS] }),
  ))
    it(name, run);

  it('dates an item without a time at its receipt', async () => {
    const index = await open();
    await index.upsert([itemOf('a')]);
    expect((await index.get(['a']))[0]?.updatedAt).toBe(new Date(START).toISOString());
  });

  it('decides concurrent changes in order', async () => {
    const index = await open();
    const answers = await Promise.all(
      [3, 1, 4, 2].map((minute) => index.upsert([itemOf('a', { updatedAt: moment(minute) })])),
    );
    expect(answers.map(({ applied }) => applied[0])).toEqual([true, false, true, false]);
    expect((await index.get(['a']))[0]?.updatedAt).toBe(moment(4));
  });

  it('keeps the newest of what two processes write at once, and every vector of a text that stayed', async () => {
    const tenant = scratch.tenant();
    const [one, two] = [await open({ tenant }), await open({ tenant })];
    const ids = Array.from({ length: 20 }, (_, i) => `i${i}`);
    const first = ids.map((id) => itemOf(id, { updatedAt: moment(0) }));
    await one.upsert(first);
    // A brand is part of the embedded text: a vector of the first text may not outlive it.
    const write = (index: ElasticsearchSearchIndex, minute: number): Promise<unknown> =>
      index.upsert(ids.map((id) => itemOf(id, { updatedAt: moment(minute), brand: minute % 2 ? 'odd' : 'even' })));
    const vectors = new Float32Array(2 * ids.length).fill(1);
    const writing = [1, 4, 5].map((minute) => write(one, minute)).concat([2, 6, 3].map((minute) => write(two, minute)));
    await Promise.all([...writing, one.setVectors('text', first, vectors), two.setVectors('text', first, vectors)]);
    const items = await two.get(ids);
    expect(items.map((item) => [item?.updatedAt, item?.brand])).toEqual(ids.map(() => [moment(6), 'even']));
    expect(await missing(one, 'text')).toEqual([...ids].sort());
    const same = ids.map((id) => itemOf(id, { updatedAt: moment(7), brand: 'even', available: false }));
    const put = [one.upsert(same), two.setVectors('text', same, vectors), two.upsert(same)];
    await Promise.all<unknown>(put);
    expect(await missing(two, 'text')).toEqual([]);
    expect((await one.get(ids)).every((item) => item?.available === false)).toBe(true);
  });

  it('keeps vectors of two models of a space apart, so that one can switch back', async () => {
    const tenant = scratch.tenant();
    const first = await open({ tenant });
    await first.upsert([itemOf('a')]);
    await putVectors(first, 'text', ['a'], Float32Array.of(3, 4));
    const second = await open({ tenant, spaces: [{ ...TEXT, digest: 'model-2', dims: 3 }] });
    expect(await missing(second, 'text')).toEqual(['a']);
    await putVectors(second, 'text', ['a'], Float32Array.of(1, 2, 3));
    expect([...(await first.gather('text', ['a'])).data]).toEqual([3, 4]);
    expect([...(await second.gather('text', ['a'])).data]).toEqual([1, 2, 3]);
    await second.refresh();
    expect([...(await second.vectorModels('text'))].sort()).toEqual(['model-1', 'model-2']);
    await second.upsert([itemOf('a', { title: 'Other' })]);
    expect(await missing(first, 'text')).toEqual(['a']);
  });

  it('lists and counts only what a space admits', async () => {
    const admits = ({ language }: Item): boolean => language === 'zh';
    const index = await open({ spaces: [TEXT, { ...TEXT, id: 'zh', admits }] });
    await index.upsert([itemOf('a'), itemOf('b', { language: 'zh' }), itemOf('c', { language: 'en' })]);
    expect(await missing(index, 'zh')).toEqual(['b']);
    expect(await missing(index, 'text')).toEqual(['a', 'b', 'c']);
  });

  it('takes ids of any text', async () => {
    const index = await open();
    const ids = ['#a', 'a/b c?', '店'.repeat(256), '\u{1f600}'.repeat(128), 'x\ud800', 'x\ud801', '_id', '"', '*'];
    await index.upsert(ids.map((id) => itemOf(id)));
    await putVectors(index, 'text', ids, new Float32Array(2 * ids.length).fill(1));
    await index.refresh();
    expect((await index.get(ids)).map((item) => item?.id)).toEqual(ids);
    expect((await joined(index.scan())).map(({ id }) => id)).toEqual(ids);
    expect([...(await index.lexical({ text: 'title', k: 20 }, CALL)).ids].sort()).toEqual([...ids].sort());
    const where = { id: { $nin: ids.slice(1) } };
    expect((await index.knn({ space: 'text', vector: Float32Array.of(1, 0), k: 20, where }, CALL)).ids).toEqual(['#a']);
    expect(await index.delete(ids)).toBe(ids.length);
  });

  it('acknowledges nothing where its index is gone, and makes no other', async () => {
    const index = await open();
    const { connection } = scratch;
    const [found] = Object.keys(
      await connection.read((client) => client.indices.getAlias({ name: `${scratch.prefix}-${scratch.last}-items` })),
    );
    await connection.write((client) => client.indices.delete({ index: found ?? '' }));
    const lost = { code: 'NOT_DURABLE' };
    await expect(index.upsert([itemOf('a')])).rejects.toMatchObject(lost);
    await expect(index.delete(['a'])).rejects.toMatchObject(lost);
    await expect(index.get(['a'])).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(index.lexical({ text: 'lamp', k: 1 }, CALL)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    const left = await connection.read((client) =>
      client.indices.get({ index: `${scratch.prefix}-${scratch.last}-*` }),
    );
    expect(left).toEqual({});
  });

  it('ends a search when its call is over', async () => {
    const index = await open();
    const over = { ...CALL, deadline: { signal: AbortSignal.abort(), remainingMs: () => 0 } };
    await expect(index.lexical({ text: 'lamp', k: 1 }, over)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
