import assert from 'node:assert/strict';
import type { JsonValue, RecordDraft, RecordStore } from '@attune/sdk';
import type { Check } from '../contract/check.js';
import { RECORD_CHANGES } from './record-store-changes.checks.js';
import { draft, find, idsOf, KIND, unversioned, versionOf } from './record-store.samples.js';

/** Ids that stores, file formats and orders of text may trip over. */
const HOSTILE_IDS = [
  ' ',
  '#x',
  '*',
  '../../etc/passwd',
  '_id',
  'a'.repeat(256),
  'a/b',
  'constructor',
  'zone "7" \\ {}',
  'ü/x',
  '中文',
  '中'.repeat(256),
  '\ud7ff',
  '\ud800',
  '🙂',
  '🙂'.repeat(128),
  '\ud83d\ude43',
  '\udbff',
  '\ue000',
  '\uffff',
];

/** What every store of records must do; `open` gives an empty one. */
export function recordStoreContract(open: () => Promise<RecordStore>): readonly Check[] {
  const check = (name: string, run: (store: RecordStore) => Promise<void>): Check => ({
    name,
    run: async () => await run(await open()),
  });
  return [
    check('a record comes back as it was put, at once, and those that are not there as undefined', comesBack),
    check('the last record of an id wins, in one call and in two, and takes nothing over', lastWins),
    check('kinds do not meet', kindsApart),
    check('values come back as they are, the largest too', values),
    check('records are listed by id as texts compare, in pages, of a state where asked', listing),
    check('a record that changes its state is listed and counted in the new one only', states),
    check('hostile ids are ids like others, listed in order', hostileIds),
    check('what is no kind, id, state, limit or value is refused, and nothing is put', refusing),
    ...RECORD_CHANGES.map(([name, run]) => check(name, run)),
  ];
}

async function comesBack(store: RecordStore): Promise<void> {
  const full = draft('ü/🙂', { state: 'open', userId: 'ann' });
  await store.put(KIND, [full, draft('plain')]);
  const found = await store.get(KIND, ['plain', 'none', '__proto__', 'ü/🙂', 'plain']);
  assert.deepEqual(
    found.map((record) => record && unversioned(record)),
    [draft('plain'), undefined, undefined, full, draft('plain')],
  );
  assert.deepEqual(await store.get(KIND, []), []);
  await store.put(KIND, []);
  assert.equal(await store.count(KIND), 2);
}

async function lastWins(store: RecordStore): Promise<void> {
  await store.put(KIND, [draft('a', { state: 'open', userId: 'ann', value: 1 }), draft('a', { value: 2 })]);
  assert.deepEqual((await store.list(KIND, { limit: 9 })).map(unversioned), [{ id: 'a', value: 2 }]);
  await store.put(KIND, [draft('a', { state: 'open', userId: 'ann' })]);
  await store.put(KIND, [draft('a', { value: 3 })]);
  assert.deepEqual((await store.list(KIND, { limit: 9 })).map(unversioned), [{ id: 'a', value: 3 }]);
  assert.deepEqual([await store.count(KIND), await store.count(KIND, 'open'), await store.ofUser('ann')], [1, 0, []]);
}

async function kindsApart(store: RecordStore): Promise<void> {
  await store.put('offer', [draft('a', { value: 'offer', state: 'open' }), draft('-a/b')]);
  await store.put('offer-a', [draft('b', { value: 'other' })]);
  assert.deepEqual(
    [await find(store, 'a'), await store.count(KIND), await store.count(KIND, 'open')],
    [undefined, 0, 0],
  );
  assert.deepEqual(idsOf(await store.list('offer', { limit: 9 })), ['-a/b', 'a']);
  assert.deepEqual(idsOf(await store.list('offer-a', { limit: 9 })), ['b']);
  assert.equal(await store.replace('offer-a', draft('a'), undefined), true);
  assert.equal(await store.delete('offer-a', ['a', '-a/b']), 1);
  assert.equal((await find(store, 'a', 'offer'))?.value, 'offer');
}

async function values(store: RecordStore): Promise<void> {
  const large = '"\\中🙂'.repeat(20_000);
  const hostile: unknown = JSON.parse('{"__proto__":{"x":1},"":[],"a.b":1,"json":"{}","id":7}');
  const all = [null, 0, -1.5e-7, true, '', 'x\u0000\n\u2028\ud800', [], {}, [[1, { a: null }]], hostile, large];
  await store.put(
    KIND,
    all.map((value, n) => draft(`v${n}`, { value: value as JsonValue })),
  );
  for (const [n, value] of all.entries())
    assert.equal(JSON.stringify((await find(store, `v${n}`))?.value), JSON.stringify(value));
  const [first] = await store.list(KIND, { limit: 1, after: 'v8' });
  assert.equal(JSON.stringify(first?.value), JSON.stringify(hostile));
}

async function listing(store: RecordStore): Promise<void> {
  const ids = Array.from({ length: 600 }, (_, n) => `i${n}`);
  const stateOf = (n: number): Partial<RecordDraft> => (n % 3 === 0 ? {} : { state: n % 3 === 1 ? 'open' : 'done' });
  await store.put(KIND, ids.map((id, n) => draft(id, stateOf(n))).reverse());
  const sorted = [...ids].sort();
  assert.deepEqual(idsOf(await store.list(KIND, { limit: 1_000 })), sorted);
  assert.deepEqual(idsOf(await store.list(KIND, { limit: 3, after: 'i10' })), ['i100', 'i101', 'i102']);
  assert.deepEqual(idsOf(await store.list(KIND, { limit: 2, after: 'i1000' })), ['i101', 'i102']);
  const open = sorted.filter((id) => Number(id.slice(1)) % 3 === 1);
  const pages: string[] = [];
  for (let page = await listed(store); page.length > 0; page = await listed(store, pages.at(-1))) pages.push(...page);
  assert.deepEqual(pages, open);
  assert.deepEqual([await store.count(KIND), await store.count(KIND, 'open')], [600, 200]);
  assert.deepEqual([await store.count(KIND, 'none'), await store.list(KIND, { state: 'none', limit: 9 })], [0, []]);
}

async function listed(store: RecordStore, after?: string): Promise<readonly string[]> {
  return idsOf(await store.list(KIND, { state: 'open', limit: 70, after }));
}

async function states(store: RecordStore): Promise<void> {
  const inState = async (state: string): Promise<unknown> => [
    idsOf(await store.list(KIND, { state, limit: 9 })),
    await store.count(KIND, state),
  ];
  await store.put(KIND, [draft('b', { state: 'open' }), draft('a', { state: 'open' }), draft('c', { state: 'done' })]);
  assert.deepEqual(
    [await inState('open'), await inState('done')],
    [
      [['a', 'b'], 2],
      [['c'], 1],
    ],
  );
  assert.ok(await store.replace(KIND, draft('b', { state: 'done' }), await versionOf(store, 'b')));
  await store.put(KIND, [draft('a')]);
  assert.deepEqual(
    [await inState('open'), await inState('done')],
    [
      [[], 0],
      [['b', 'c'], 2],
    ],
  );
  await store.put(KIND, [draft('a', { state: 'open' }), draft('b', { state: 'open' })]);
  await store.delete(KIND, ['c']);
  assert.deepEqual(
    [await inState('open'), await inState('done')],
    [
      [['a', 'b'], 2],
      [[], 0],
    ],
  );
  assert.equal(await store.count(KIND), 2);
}

async function hostileIds(store: RecordStore): Promise<void> {
  const all = [...HOSTILE_IDS, '__proto__'];
  await store.put(
    KIND,
    all.map((id) => draft(id, { state: 'open', userId: id })),
  );
  const sorted = [...new Set(all)].sort();
  assert.deepEqual((await store.list(KIND, { limit: 99 })).map(unversioned), sorted.map(ownOf));
  for (const [n, id] of sorted.entries()) {
    assert.deepEqual(idsOf(await store.list(KIND, { state: 'open', limit: 1, after: id })), sorted.slice(n + 1, n + 2));
    assert.deepEqual(idsOf(await store.ofUser(id)), [id]);
  }
  assert.deepEqual(idsOf((await store.get(KIND, sorted)).filter((found) => found !== undefined)), sorted);
  assert.equal(await store.erase(['\ud800', '#x', '*']), 3);
  assert.equal(await store.delete(KIND, sorted), sorted.length - 3);
  assert.equal(await store.count(KIND), 0);
}

const ownOf = (id: string): RecordDraft => draft(id, { state: 'open', userId: id });

async function refusing(store: RecordStore): Promise<void> {
  await store.put(KIND, [draft('a')]);
  for (const kind of ['', 'A', '7a', 'a/b', 'a_b', `a${'b'.repeat(32)}`, 'a\n', 'ä']) {
    await assert.rejects(store.get(kind, ['a']), RangeError, kind);
    await assert.rejects(store.put(kind, [draft('a')]), RangeError, kind);
    await assert.rejects(store.replace(kind, draft('a'), undefined), RangeError, kind);
    await assert.rejects(store.list(kind, { limit: 1 }), RangeError, kind);
    await assert.rejects(store.count(kind), RangeError, kind);
    await assert.rejects(store.delete(kind, ['a']), RangeError, kind);
    await assert.rejects(store.count(KIND, kind), RangeError, kind);
    await assert.rejects(store.list(KIND, { state: kind, limit: 1 }), RangeError, kind);
    await assert.rejects(store.put(KIND, [draft('b', { state: kind })]), RangeError, kind);
  }
  for (const id of ['', 'a'.repeat(257), 'a\u0000', 'a\n']) {
    await assert.rejects(store.put(KIND, [draft('b'), draft(id)]), RangeError);
    await assert.rejects(store.put(KIND, [draft('b', { userId: id })]), RangeError);
    for (const call of [store.get(KIND, [id]), store.delete(KIND, [id]), store.list(KIND, { limit: 1, after: id })])
      await assert.rejects(call, RangeError);
  }
  for (const limit of [0, -1, 0.5, NaN, 1_001]) await assert.rejects(store.list(KIND, { limit }), RangeError);
  const longest = 'x'.repeat(262_142);
  for (const value of [`${longest}x`, undefined, () => 1])
    await assert.rejects(store.replace(KIND, draft('b', { value: value as JsonValue }), undefined), RangeError);
  await store.put(KIND, [draft('longest', { value: longest })]);
  assert.deepEqual(idsOf(await store.list(KIND, { limit: 9 })), ['a', 'longest']);
}
