import assert from 'node:assert/strict';
import { vocabularyOf, type TenantStores } from '@attune/sdk';
import type { Check } from '../contract/check.js';
import { calmCall, eventAt, itemOf, llmCallOf, slateOf, START } from './samples.js';
import { findUser, joined, knownUsers, putVectors, userOf } from './reading.js';

const DAY = '2026-01-01';

type Logs = Pick<TenantStores, 'slates' | 'llmCalls' | 'spending' | 'records'>;

/** What tenants may see of each other: nothing. `open` gives the empty stores of two tenants of the same `Stores`. */
export function tenantContract(open: () => Promise<readonly [TenantStores, TenantStores]>): readonly Check[] {
  return [
    { name: 'the same ids under two tenants do not meet', run: async () => await noLeak(...(await open())) },
    { name: 'what a tenant erases the other keeps', run: async () => await eraseOne(...(await open())) },
  ];
}

async function noLeak(one: TenantStores, two: TenantStores): Promise<void> {
  await fill(one, 'lamp', Float32Array.of(1, 0));
  await expectEmpty(two);
  await fill(two, 'chair', Float32Array.of(0, 1));
  await expectOnly(one, 'lamp', 1);
  await expectOnly(two, 'chair', 0);
  await two.items.delete(['i']);
  await expectOnly(one, 'lamp', 1);
}

async function eraseOne(one: TenantStores, two: TenantStores): Promise<void> {
  const heard: string[] = [];
  one.events.onAppend(({ type }) => heard.push(type));
  await fill(one, 'lamp', Float32Array.of(1, 0));
  await fill(two, 'chair', Float32Array.of(0, 1));
  assert.deepEqual(heard, ['lamp']);
  assert.equal((await two.events.erase('u')).events, 1);
  assert.deepEqual([await two.users.delete(['u']), await findUser(two.users, 'u')], [1, undefined]);
  assert.equal(await two.slates.erase({ userIds: ['u'], anonymousIds: ['x'] }), 1);
  assert.equal(await two.llmCalls.erase({ userIds: ['u'] }), 1);
  assert.deepEqual([await two.records.erase(['u']), await two.records.count('note')], [1, 0]);
  assert.deepEqual(
    [await two.slates.get('s'), await two.llmCalls.recent(9), await two.events.eventsOf('u')],
    [undefined, [], []],
  );
  assert.deepEqual(await knownUsers(two.events), []);
  await expectOnly(one, 'lamp', 1);
}

async function fill(
  { items, events, artifacts, users, ...logs }: TenantStores,
  word: string,
  vector: Float32Array,
): Promise<void> {
  await items.upsert([itemOf('i', { title: word })]);
  await putVectors(items, 'text', ['i'], vector);
  const event = eventAt(0, { id: 'e', userId: 'u', anonymousId: 'x', itemId: 'i', type: word });
  assert.deepEqual((await events.append([event])).created, [true]);
  const digest = await artifacts.put('model', { meta: { word }, arrays: {}, ids: {} });
  await artifacts.promote('model', digest);
  await users.upsert([{ id: 'u', attributes: { word } }]);
  logs.slates.record(slateOf('s', { surface: word, userId: 'u' }));
  logs.llmCalls.record(llmCallOf('c', { prompt: word, userId: 'u' }));
  await Promise.all([logs.slates.flush(), logs.llmCalls.flush()]);
  await logs.spending.add(DAY, { tokens: word.length, money: 1 });
  assert.equal(await logs.records.replace('note', { id: 'r', value: word, userId: 'u' }, undefined), true);
}

async function expectEmpty({ items, events, artifacts, users, ...logs }: TenantStores): Promise<void> {
  assert.deepEqual([await items.size(), await events.size(), await artifacts.promoted('model')], [0, 0, undefined]);
  assert.deepEqual(await items.get(['i']), [undefined]);
  assert.equal((await events.history({ userId: 'u', anonymousId: 'x' }, START)).size, 0);
  assert.equal(await userOf(events, 'x', START), undefined);
  assert.equal((await events.window({ types: ['lamp'], from: 0, to: START })).total, 0);
  assert.deepEqual([...((await items.allowed(undefined, vocabularyOf(['i']))) ?? [])], [0]);
  assert.deepEqual(
    [await knownUsers(events), await events.anonymousIdsOf('u'), await events.eventsOf('u')],
    [[], [], []],
  );
  assert.deepEqual([await users.size(), await findUser(users, 'u'), await joined(events.scan())], [0, undefined, []]);
  await expectEmptyLogs(logs);
}

async function expectEmptyLogs({ slates, llmCalls, spending, records }: Logs): Promise<void> {
  assert.deepEqual([(await slates.stats()).slates, (await llmCalls.stats()).calls], [0, 0]);
  assert.deepEqual([await slates.get('s'), await slates.recent(9), await llmCalls.recent(9)], [undefined, [], []]);
  assert.deepEqual([await joined(slates.scan()), await joined(llmCalls.scan())], [[], []]);
  assert.deepEqual(await spending.spent(DAY), { tokens: 0, money: 0 });
  assert.deepEqual([await records.get('note', ['r']), await records.ofUser('u')], [[undefined], []]);
  assert.deepEqual([await records.list('note', { limit: 9 }), await records.count('note')], [[], 0]);
}

async function expectOnly(
  { items, events, artifacts, users, ...logs }: TenantStores,
  word: string,
  x: number,
): Promise<void> {
  await items.refresh();
  assert.deepEqual((await items.get(['i']))[0]?.title, word);
  assert.deepEqual((await items.lexical({ text: 'lamp chair', k: 9 }, calmCall())).ids, ['i']);
  assert.equal((await items.gather('text', ['i'])).data[0], x);
  assert.deepEqual((await events.history({ userId: 'u' }, START)).types, [word]);
  assert.deepEqual((await events.trainingData()).typeNames, [word]);
  const { meta } = await artifacts.open('model', (await artifacts.promoted('model')) ?? '');
  assert.equal(meta['word'], word);
  assert.deepEqual(
    (await events.eventsOf('u')).map(({ type }) => type),
    [word],
  );
  assert.deepEqual([(await findUser(users, 'u'))?.attributes, await users.size()], [{ word }, 1]);
  assert.deepEqual([(await logs.slates.get('s'))?.surface, (await logs.slates.recent(9)).length], [word, 1]);
  const prompts = (await logs.llmCalls.recent(9)).map(({ prompt }) => prompt);
  assert.deepEqual([prompts, await logs.spending.spent(DAY)], [[word], { tokens: word.length, money: 1 }]);
  const notes = [...(await logs.records.list('note', { limit: 9 })), ...(await logs.records.ofUser('u'))];
  assert.deepEqual([notes.map(({ value }) => value), await logs.records.count('note')], [[word, word], 1]);
}
