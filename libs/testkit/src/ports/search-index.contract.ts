import assert from 'node:assert/strict';
import { compilePredicate, vocabularyOf, type Item, type Predicate, type SearchIndex, type Space } from '@attune/sdk';
import type { Check } from '../contract/check.js';
import { seeded } from '../worlds/seeded.js';
import { calmCall, eventAt, itemOf } from './samples.js';
import { missing, putVectors, refreshed } from './reading.js';

const CALL = calmCall();
const moment = (minute: number): string => eventAt(minute, { id: 'any' }).at;

type Metric = Space['metric'];
/** How near two vectors are, larger is nearer: the definition. */
const SIMILARITY: Readonly<Record<Metric, (a: readonly number[], b: readonly number[]) => number>> = {
  cosine: (a, b) => {
    const norms = Math.sqrt(dot(a, a) * dot(b, b));
    return norms === 0 ? 0 : dot(a, b) / norms;
  },
  dot: (a, b) => dot(a, b),
  euclidean: (a, b) => -Math.hypot(...a.map((x, i) => x - (b[i] ?? 0))),
};
const METRICS: readonly Metric[] = ['cosine', 'dot', 'euclidean'];

/**
 * What every search index must do; `open` gives an empty one with a space `text` of 2 dims and the metric, and a space
 * `factors` of 2 dims whose vectors are not made of texts.
 */
export function searchIndexContract(open: (metric: Metric) => Promise<SearchIndex>): readonly Check[] {
  const check = (name: string, run: (index: SearchIndex) => Promise<void>): Check => ({
    name,
    run: async () => await run(refreshed(await open('cosine'))),
  });
  const exact = METRICS.map((metric) => ({
    name: `nearest neighbors are those of a full scan, filtered or not: ${metric}`,
    run: async () => await fullScan(refreshed(await open(metric)), metric),
  }));
  return [
    check('documents come back by id, the last of one id wins', documents),
    check('an older version is ignored', staleness),
    check('deleted items are in no answer', deletion),
    check('a scan goes over all items in order of insertion, in pages', scanning),
    check('nearest neighbors are exact under filters', neighbors),
    ...exact,
    check('a changed text loses its vectors, another change does not', textChanges),
    check('what is not made of a text outlives it, and goes with the item', factors),
    check('a vector is found again by the text that it was made of', vectorsByText),
    check('bad vectors and unknown spaces are refused and store nothing', refusals),
    check('lexical search weighs fields, filters and scores given items', lexical),
    check('`allowed` is the mask of a filter over a vocabulary', allowed),
  ];
}

async function documents(index: SearchIndex): Promise<void> {
  const { applied } = await index.upsert([
    itemOf('a'),
    itemOf('b', { title: 'First' }),
    itemOf('b', { title: 'Second' }),
  ]);
  assert.deepEqual(applied, [true, true, true]);
  const [b, none, a] = await index.get(['b', 'none', 'a']);
  assert.deepEqual([b?.title, none, a?.title], ['Second', undefined, 'Title of a']);
  assert.equal(await index.size(), 2);
  const before = await index.version();
  await index.upsert([itemOf('a', { title: 'Third' })]);
  const changed = await index.version();
  await putVectors(index, 'text', ['a'], Float32Array.of(1, 0));
  await index.delete(['none']);
  assert.notEqual(changed, before);
  assert.equal(await index.version(), changed, 'only a changed item makes a version');
  await index.delete(['a']);
  assert.ok(![before, changed].includes(await index.version()));
}

async function staleness(index: SearchIndex): Promise<void> {
  await index.upsert([itemOf('a', { title: 'New', updatedAt: moment(5) })]);
  const old = itemOf('a', { title: 'Old', updatedAt: moment(4) });
  const same = itemOf('a', { title: 'Same time', updatedAt: moment(5) });
  assert.deepEqual((await index.upsert([old])).applied, [false]);
  assert.equal((await index.get(['a']))[0]?.title, 'New');
  const ahead = [7, 6].map((minute) => itemOf('b', { updatedAt: moment(minute) }));
  assert.deepEqual((await index.upsert(ahead)).applied, [true, false]);
  assert.deepEqual((await index.upsert([same, old])).applied, [true, false]);
  assert.equal((await index.get(['a']))[0]?.title, 'Same time');
}

async function deletion(index: SearchIndex): Promise<void> {
  await index.upsert([itemOf('a', { title: 'lamp' }), itemOf('b', { title: 'lamp' })]);
  await putVectors(index, 'text', ['a', 'b'], Float32Array.of(1, 0, 0, 1));
  assert.equal(await index.delete(['a', 'a', 'none']), 1);
  assert.deepEqual((await index.lexical({ text: 'lamp', k: 5 }, CALL)).ids, ['b']);
  assert.deepEqual((await index.knn({ space: 'text', vector: Float32Array.of(1, 0), k: 5 }, CALL)).ids, ['b']);
  assert.deepEqual([...((await index.allowed(undefined, vocabularyOf(['a', 'b']))) ?? [])], [0, 1]);
  await index.upsert([itemOf('c', { title: 'chair' })]);
  assert.deepEqual(await missing(index, 'text'), ['c'], 'a reused place has nothing of its predecessor');
  assert.deepEqual((await index.lexical({ text: 'lamp', k: 5 }, CALL)).ids, ['b']);
}

async function scanning(index: SearchIndex): Promise<void> {
  const ids = Array.from({ length: 1_203 }, (_, i) => `i${i}`);
  await index.upsert(ids.map((id) => itemOf(id)));
  await index.upsert([itemOf('i5', { title: 'again' })]);
  await index.refresh();
  const seen: string[] = [];
  const sizes: number[] = [];
  for await (const page of index.scan()) {
    sizes.push(page.length);
    seen.push(...page.map(({ id }) => id));
  }
  assert.deepEqual(seen, ids);
  assert.ok(sizes.every((size) => size > 0 && size <= 500));
}

async function neighbors(index: SearchIndex): Promise<void> {
  await index.upsert(['a', 'b', 'c'].map((id) => itemOf(id, { brand: id === 'b' ? 'X' : 'Y' })));
  assert.equal(await putVectors(index, 'text', ['a', 'b', 'gone'], Float32Array.of(1, 0, 0.6, 0.8, 1, 1)), 2);
  assert.deepEqual(await missing(index, 'text'), ['c']);
  const vector = Float32Array.of(1, 0);
  const all = await index.knn({ space: 'text', vector, k: 5 }, CALL);
  assert.deepEqual(all.ids, ['a', 'b']);
  assert.ok(Math.abs(all.scores[1]! - 0.6) < 1e-6);
  const knn = async (where: Predicate): Promise<readonly string[]> =>
    (await index.knn({ space: 'text', vector, k: 1, where }, CALL)).ids;
  assert.deepEqual(await knn({ brand: 'X' }), ['b']);
  assert.deepEqual(await knn({ id: { $nin: ['a'] } }), ['b']);
  const block = await index.gather('text', ['b', 'c', 'none']);
  assert.deepEqual([block.rows, block.dims], [3, 2]);
  assert.deepEqual([...block.data], [...Float32Array.of(0.6, 0.8), NaN, NaN, NaN, NaN]);
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

/** Vectors of all lengths: with those of length 1 the metrics would agree. */
async function fullScan(index: SearchIndex, metric: Metric): Promise<void> {
  const random = seeded(7);
  const items = Array.from({ length: 400 }, (_, n) =>
    itemOf(`i${n}`, { brand: `b${n % 5}`, price: { amount: n, currency: 'EUR' } }),
  );
  const vectors = items.map(() =>
    Array.from({ length: 2 }, () => Math.fround((random() - 0.5) * 10 ** (4 * random() - 2))),
  );
  vectors[17] = [0, 0];
  await index.upsert(items);
  await putVectors(
    index,
    'text',
    items.map(({ id }) => id),
    Float32Array.from(vectors.flat()),
  );
  assert.equal((await index.gather('text', ['i1'])).metric ?? 'cosine', metric, 'gathers vectors of another metric');
  const near = items.map((item, n) => ({ item, vector: vectors[n] ?? [] })).filter((_, n) => n % 9 !== 0);
  await index.delete(items.filter((_, n) => n % 9 === 0).map(({ id }) => id));
  for (const where of [
    undefined,
    { brand: 'b2' },
    { $not: { brand: 'b2' }, 'price.amount': { $lt: 50 } },
    { id: 'i17' },
  ])
    for (const query of [
      [1, 0.5],
      [-30, 12],
      [1e-3, 0],
      [0, 0],
    ]) {
      const passes: (item: Item) => boolean = where === undefined ? () => true : compilePredicate(where);
      const expected = near.filter(({ item }) => passes(item));
      const scores = new Map(expected.map(({ item, vector }) => [item.id, SIMILARITY[metric](query, vector)]));
      const best = [...scores.values()].sort((a, b) => b - a).slice(0, 20);
      const found = await index.knn({ space: 'text', vector: Float32Array.from(query), k: 20, where }, CALL);
      assert.equal(new Set(found.ids).size, best.length);
      for (const [i, id] of found.ids.entries())
        for (const score of [found.scores[i]!, scores.get(id) ?? NaN])
          assert.ok(
            Math.abs(score - best[i]!) <= 1e-5 * Math.max(1, Math.abs(best[i]!)),
            `${metric} ${id} at ${i}: ${score}`,
          );
    }
}

async function textChanges(index: SearchIndex): Promise<void> {
  await index.upsert([itemOf('a'), itemOf('b')]);
  await putVectors(index, 'text', ['a', 'b'], Float32Array.of(1, 0, 0, 1));
  await index.upsert([itemOf('a', { title: 'Other' }), itemOf('b', { price: { amount: 1, currency: 'GBP' } })]);
  assert.deepEqual(await missing(index, 'text'), ['a']);
  const old = itemOf('a');
  assert.equal(await index.setVectors('text', [old], Float32Array.of(1, 0)), 0, 'made of a text that is gone');
  assert.deepEqual(await missing(index, 'text'), ['a']);
}

async function factors(index: SearchIndex): Promise<void> {
  const old = [itemOf('a'), itemOf('b')];
  await index.upsert(old);
  await index.upsert([itemOf('a', { title: 'Other' })]);
  assert.equal(await index.setVectors('factors', old, Float32Array.of(1, 2, 3, 4)), 2);
  await index.upsert([itemOf('a', { title: 'Another' }), itemOf('b', { title: 'Another' })]);
  assert.deepEqual([...(await index.gather('factors', ['b', 'a'])).data], [3, 4, 1, 2]);
  const { ids } = await index.knn({ space: 'factors', vector: Float32Array.of(1, 1), k: 2 }, CALL);
  assert.deepEqual([...ids], ['b', 'a']);
  await index.delete(['b']);
  await index.upsert([itemOf('b')]);
  assert.deepEqual([...(await index.gather('factors', ['b'])).data], [NaN, NaN]);
}

async function vectorsByText(index: SearchIndex): Promise<void> {
  const named = (id: string, title: string): Item => itemOf(id, { title });
  await index.upsert([named('a', 'Mug'), named('b', 'Lamp'), named('c', 'Gloves')]);
  await putVectors(index, 'text', ['a', 'b'], Float32Array.of(1, 0, 0, 1));
  const asked = [named('new', 'Lamp'), named('c', 'Gloves'), named('a', 'Mug'), named('other', 'Mug')];
  const { rows, dims, data } = await index.vectorsOfTexts('text', asked);
  assert.deepEqual([rows, dims, [...data]], [4, 2, [0, 1, NaN, NaN, 1, 0, 1, 0]]);
  await index.upsert([named('a', 'Cup')]);
  await index.delete(['b']);
  const gone = await index.vectorsOfTexts('text', [named('x', 'Mug'), named('y', 'Cup'), named('z', 'Lamp')]);
  assert.deepEqual([...gone.data], Array(6).fill(NaN), 'of a text that no item has any more');
  assert.equal((await index.vectorsOfTexts('text', [])).rows, 0);
  await assert.rejects(async () => await index.vectorsOfTexts('image', asked), { code: 'SPACE_UNKNOWN' });
}

async function refusals(index: SearchIndex): Promise<void> {
  await index.upsert([itemOf('a')]);
  await assert.rejects(async () => await putVectors(index, 'text', ['a'], Float32Array.of(1)), RangeError);
  await assert.rejects(async () => await putVectors(index, 'text', ['a'], Float32Array.of(1, NaN)), /a/);
  assert.deepEqual(await missing(index, 'text'), ['a']);
  const unknown = { code: 'SPACE_UNKNOWN' };
  await assert.rejects(async () => await putVectors(index, 'image', ['a'], Float32Array.of(1, 0)), unknown);
  await assert.rejects(async () => await index.gather('image', ['a']), unknown);
  await assert.rejects(
    async () => await index.knn({ space: 'image', vector: Float32Array.of(1, 0), k: 1 }, CALL),
    unknown,
  );
}

async function lexical(index: SearchIndex): Promise<void> {
  await index.upsert([
    itemOf('a', { title: 'Table', description: 'Goes with a red lamp' }),
    itemOf('b', { title: 'Red lamp', available: false }),
    itemOf('c', { title: 'Chair', attributes: { material: ['oak', 7] } }),
  ]);
  assert.deepEqual((await index.lexical({ text: 'lamps', k: 5 }, CALL)).ids, ['b', 'a']);
  assert.deepEqual((await index.lexical({ text: 'lamps', k: 5, where: { available: true } }, CALL)).ids, ['a']);
  assert.deepEqual((await index.lexical({ text: 'oak', k: 5 }, CALL)).ids, ['c']);
  const scores = await index.score('lamp', ['c', 'b', 'none'], CALL);
  assert.ok(Number.isNaN(scores[0]) && scores[1]! > 0 && Number.isNaN(scores[2]));
  const light = { text: 'light', synonyms: ['lamp'] };
  const less = await index.score(light, ['b', 'c'], CALL);
  assert.ok(Math.abs(less[0]! - scores[1]! / 2) < 1e-5 && Number.isNaN(less[1]), 'a synonym is worth half a word');
  assert.deepEqual((await index.lexical({ ...light, k: 5 }, CALL)).ids, ['b', 'a']);
  assert.deepEqual(await index.score({ text: 'lamp', synonyms: ['lamps'] }, ['b'], CALL), scores.slice(1, 2));
  const covered = await index.coverage({ text: 'red lamps and a chair' }, ['b', 'a', 'c', 'none'], CALL);
  assert.deepEqual([...covered], [...Float32Array.of(2 / 3, 2 / 3, 1 / 3, 0)]);
  const meant = await index.coverage({ text: 'red light', synonyms: ['lamp', 'oak chair'] }, ['b', 'c', 'none'], CALL);
  assert.deepEqual([...meant], [1, 0.5, 0]);
  assert.deepEqual([...(await index.coverage({ text: '!' }, ['b'], CALL))], [0]);
  await index.upsert([itemOf('b', { title: 'Clock' })]);
  assert.deepEqual((await index.lexical({ text: 'lamps', k: 5 }, CALL)).ids, ['a']);
}

async function allowed(index: SearchIndex): Promise<void> {
  await index.upsert([itemOf('a', { brand: 'X' }), itemOf('b', { brand: 'X' }), itemOf('c')]);
  const vocabulary = vocabularyOf(['c', 'none', 'b', 'a']);
  const mask = async (where: Predicate | undefined): Promise<number[]> => [
    ...((await index.allowed(where, vocabulary)) ?? []),
  ];
  assert.deepEqual(await mask(undefined), [1, 0, 1, 1]);
  assert.deepEqual(await mask({ brand: 'X' }), [0, 0, 1, 1]);
  assert.deepEqual(await mask({ $and: [{ brand: 'X' }, { $not: { id: { $in: ['a', 'x'] } } }] }), [0, 0, 1, 0]);
  assert.deepEqual(await mask({ $not: { id: 'a', brand: 'Z' } }), [1, 0, 1, 1]);
  assert.deepEqual(await mask({ brand: 'X' }), [0, 0, 1, 1], 'an exclusion is of one request only');
  await index.upsert([itemOf('b', { brand: 'Z' })]);
  assert.deepEqual(await mask({ brand: 'X' }), [0, 0, 0, 1], 'a change shows at once');
}
