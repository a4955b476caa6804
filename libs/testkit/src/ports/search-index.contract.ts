import assert from 'node:assert/strict';
import { vocabularyOf, type Predicate, type SearchIndex } from '@attune/sdk';
import type { Check } from '../contract/check.js';
import { calmCall, eventAt, itemOf } from './samples.js';

const CALL = calmCall();
const moment = (minute: number): string => eventAt(minute, { id: 'any' }).at;

/** What every search index must do; `open` gives an empty one with a space `text` of 2 dims, metric cosine. */
export function searchIndexContract(open: () => Promise<SearchIndex>): readonly Check[] {
  const check = (name: string, run: (index: SearchIndex) => Promise<void>): Check => ({
    name,
    run: async () => await run(await open()),
  });
  return [
    check('documents come back by id, the last of one id wins', documents),
    check('an older version is ignored', staleness),
    check('deleted items are in no answer', deletion),
    check('a scan goes over all items in order of insertion, in pages', scanning),
    check('nearest neighbors are exact under filters', neighbors),
    check('a changed text loses its vectors, another change does not', textChanges),
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
  assert.equal(index.size(), 2);
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
  await index.setVectors('text', ['a', 'b'], Float32Array.of(1, 0, 0, 1));
  assert.equal(await index.delete(['a', 'a', 'none']), 1);
  assert.deepEqual((await index.lexical({ text: 'lamp', k: 5 }, CALL)).ids, ['b']);
  assert.deepEqual((await index.knn({ space: 'text', vector: Float32Array.of(1, 0), k: 5 }, CALL)).ids, ['b']);
  assert.deepEqual([...(index.allowed(undefined, vocabularyOf(['a', 'b'])) ?? [])], [0, 1]);
  await index.upsert([itemOf('c', { title: 'chair' })]);
  assert.deepEqual(index.withoutVector('text'), ['c'], 'a reused place has nothing of its predecessor');
  assert.deepEqual((await index.lexical({ text: 'lamp', k: 5 }, CALL)).ids, ['b']);
}

async function scanning(index: SearchIndex): Promise<void> {
  const ids = Array.from({ length: 1_203 }, (_, i) => `i${i}`);
  await index.upsert(ids.map((id) => itemOf(id)));
  await index.upsert([itemOf('i5', { title: 'again' })]);
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
  await index.setVectors('text', ['a', 'b', 'gone'], Float32Array.of(1, 0, 0.6, 0.8, 1, 1));
  assert.deepEqual(index.withoutVector('text'), ['c']);
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

async function textChanges(index: SearchIndex): Promise<void> {
  await index.upsert([itemOf('a'), itemOf('b')]);
  await index.setVectors('text', ['a', 'b'], Float32Array.of(1, 0, 0, 1));
  await index.upsert([itemOf('a', { title: 'Other' }), itemOf('b', { price: { amount: 1, currency: 'GBP' } })]);
  assert.deepEqual(index.withoutVector('text'), ['a']);
}

async function refusals(index: SearchIndex): Promise<void> {
  await index.upsert([itemOf('a')]);
  await assert.rejects(async () => await index.setVectors('text', ['a'], Float32Array.of(1)), RangeError);
  await assert.rejects(async () => await index.setVectors('text', ['a'], Float32Array.of(1, NaN)), /a/);
  assert.deepEqual(index.withoutVector('text'), ['a']);
  const unknown = { code: 'SPACE_UNKNOWN' };
  await assert.rejects(async () => await index.setVectors('image', ['a'], Float32Array.of(1, 0)), unknown);
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
  await index.upsert([itemOf('b', { title: 'Clock' })]);
  assert.deepEqual((await index.lexical({ text: 'lamps', k: 5 }, CALL)).ids, ['a']);
}

async function allowed(index: SearchIndex): Promise<void> {
  await index.upsert([itemOf('a', { brand: 'X' }), itemOf('b', { brand: 'X' }), itemOf('c')]);
  const vocabulary = vocabularyOf(['c', 'none', 'b', 'a']);
  const mask = (where: Predicate | undefined): number[] => [...(index.allowed(where, vocabulary) ?? [])];
  assert.deepEqual(mask(undefined), [1, 0, 1, 1]);
  assert.deepEqual(mask({ brand: 'X' }), [0, 0, 1, 1]);
  assert.deepEqual(mask({ $and: [{ brand: 'X' }, { $not: { id: { $in: ['a', 'x'] } } }] }), [0, 0, 1, 0]);
  assert.deepEqual(mask({ $not: { id: 'a', brand: 'Z' } }), [1, 0, 1, 1]);
  assert.deepEqual(mask({ brand: 'X' }), [0, 0, 1, 1], 'an exclusion is of one request only');
  await index.upsert([itemOf('b', { brand: 'Z' })]);
  assert.deepEqual(mask({ brand: 'X' }), [0, 0, 0, 1], 'a change shows at once');
}
