import assert from 'node:assert/strict';
import type { RecordDraft, RecordStore } from '@attune/sdk';
import { draft, find, idsOf, KIND, unversioned, versionOf } from './record-store.samples.js';

type Named = readonly [name: string, run: (store: RecordStore) => Promise<void>];

/** What changes of records must keep to. */
export const RECORD_CHANGES: readonly Named[] = [
  ['concurrent changes take effect in the order of the calls', inOrder],
  ['every change makes another version, also of what was deleted', versions],
  ['a record is replaced only where its version is still there', replacing],
  ['of 20 who replace the same version at once one does', oneReplaces],
  ['a deleted record is gone, others are not', deletion],
  ['what is of a user is found and erased, in every kind, and nothing else', erasing],
  ['what a user no longer has is not his', reowned],
];

async function inOrder(store: RecordStore): Promise<void> {
  const calls = [
    store.put(KIND, [draft('a', { value: 1 })]),
    store.delete(KIND, ['a']),
    store.replace(KIND, draft('a', { value: 2 }), undefined),
    store.replace(KIND, draft('a', { value: 3 }), undefined),
    store.put(KIND, [draft('b')]),
    store.delete(KIND, ['b']),
  ];
  assert.deepEqual(await Promise.all(calls), [undefined, 1, true, false, undefined, 1]);
  assert.deepEqual([(await find(store, 'a'))?.value, await find(store, 'b')], [2, undefined]);
}

async function versions(store: RecordStore): Promise<void> {
  const seen: string[] = [];
  await store.put(KIND, [draft('a')]);
  seen.push(await versionOf(store, 'a'));
  await store.put(KIND, [draft('a')]);
  seen.push(await versionOf(store, 'a'));
  assert.ok(await store.replace(KIND, draft('a'), seen[1]));
  seen.push(await versionOf(store, 'a'));
  await store.delete(KIND, ['a']);
  await store.put(KIND, [draft('a')]);
  seen.push(await versionOf(store, 'a'));
  assert.equal(new Set(seen).size, 4, seen.join(' '));
  assert.equal(await versionOf(store, 'a'), seen[3], 'reading changes nothing');
  assert.deepEqual(
    (await store.list(KIND, { limit: 9 })).map(({ version }) => version),
    [seen[3]],
  );
}

async function replacing(store: RecordStore): Promise<void> {
  assert.equal(await store.replace(KIND, draft('a', { value: 1 }), '1.1'), false, 'there is none');
  assert.equal(await find(store, 'a'), undefined);
  assert.equal(await store.replace(KIND, draft('a', { value: 1 }), undefined), true);
  const first = await versionOf(store, 'a');
  assert.equal(await store.replace(KIND, draft('a', { value: 9 }), undefined), false, 'there is one');
  assert.equal(await store.replace(KIND, draft('a', { value: 2, state: 'open', userId: 'ann' }), first), true);
  const wrong = [
    first,
    '',
    '0',
    'x',
    '1.0',
    '01.1',
    '1.999',
    '-1.1',
    '9'.repeat(40),
    `${'9'.repeat(15)}.1`,
    '__proto__',
    'undefined',
  ];
  for (const version of wrong)
    assert.equal(await store.replace(KIND, draft('a', { value: 9 }), version), false, version);
  assert.deepEqual((await store.ofUser('ann')).map(unversioned), [
    { kind: KIND, id: 'a', value: 2, state: 'open', userId: 'ann' },
  ]);
  const second = await versionOf(store, 'a');
  await store.delete(KIND, ['a']);
  assert.equal(await store.replace(KIND, draft('a'), second), false, 'it was deleted');
}

async function oneReplaces(store: RecordStore): Promise<void> {
  for (const before of [false, true]) {
    const version = before ? await versionOf(store, 'a') : undefined;
    const tries = Array.from({ length: 20 }, (_, n) => store.replace(KIND, draft('a', { value: n }), version));
    const done = await Promise.all(tries);
    assert.equal(done.filter(Boolean).length, 1);
    assert.equal((await find(store, 'a'))?.value, done.indexOf(true));
  }
}

async function deletion(store: RecordStore): Promise<void> {
  await store.put(
    KIND,
    ['a', 'b', 'c'].map((id) => draft(id)),
  );
  await store.put('offer', [draft('a')]);
  assert.equal(await store.delete(KIND, ['a', 'a', 'none', 'c']), 2);
  assert.deepEqual([await find(store, 'a'), idsOf(await store.list(KIND, { limit: 9 }))], [undefined, ['b']]);
  assert.deepEqual([await store.delete(KIND, ['a']), await store.delete(KIND, []), await store.count(KIND)], [0, 0, 1]);
  assert.equal(await store.count('offer'), 1);
}

async function erasing(store: RecordStore): Promise<void> {
  const his = Array.from({ length: 300 }, (_, n) => draft(`a${n}`, { userId: 'ann' }));
  await store.put('taste', [draft('ann', { userId: 'ann' }), draft('bob', { userId: 'bob', state: 'open' })]);
  await store.put(KIND, [...his, draft('b', { userId: 'bob' }), draft('ann'), draft('c', { userId: 'Ann' })]);
  const found = await store.ofUser('ann');
  assert.deepEqual(
    found.map(({ kind, id }) => `${kind}/${id}`),
    [...idsInOrder(his).map((id) => `${KIND}/${id}`), 'taste/ann'],
  );
  assert.deepEqual(found.at(-1) && unversioned(found.at(-1)!), { kind: 'taste', ...draft('ann', { userId: 'ann' }) });
  assert.equal(await store.erase(['ann', 'nobody']), 301);
  assert.deepEqual([await store.ofUser('ann'), await store.count(KIND), await find(store, 'a7')], [[], 3, undefined]);
  assert.deepEqual(idsOf(await store.list(KIND, { limit: 9 })), ['ann', 'b', 'c']);
  assert.deepEqual([idsOf(await store.list('taste', { limit: 9 })), await store.count('taste', 'open')], [['bob'], 1]);
  assert.deepEqual([await store.erase(['ann']), await store.erase([]), await store.erase(['bob', 'Ann'])], [0, 0, 3]);
}

const idsInOrder = (drafts: readonly RecordDraft[]): readonly string[] => drafts.map(({ id }) => id).sort();

async function reowned(store: RecordStore): Promise<void> {
  await store.put(KIND, [draft('a', { userId: 'ann' }), draft('b', { userId: 'ann' }), draft('c', { userId: 'ann' })]);
  await store.put(KIND, [draft('a', { userId: 'bob' }), draft('b')]);
  assert.deepEqual([idsOf(await store.ofUser('ann')), idsOf(await store.ofUser('bob'))], [['c'], ['a']]);
  assert.equal(await store.erase(['ann']), 1);
  assert.deepEqual(idsOf(await store.list(KIND, { limit: 9 })), ['a', 'b']);
}
