import assert from 'node:assert/strict';
import { vocabularyOf, type TenantStores } from '@attune/sdk';
import type { Check } from '../contract/check.js';
import { calmCall, eventAt, itemOf, START } from './samples.js';

/** What tenants may see of each other: nothing. `open` gives the empty stores of two tenants of the same `Stores`. */
export function tenantContract(open: () => Promise<readonly [TenantStores, TenantStores]>): readonly Check[] {
  return [{ name: 'the same ids under two tenants do not meet', run: async () => await noLeak(...(await open())) }];
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

async function fill({ items, events, artifacts }: TenantStores, word: string, vector: Float32Array): Promise<void> {
  await items.upsert([itemOf('i', { title: word })]);
  await items.setVectors('text', ['i'], vector);
  const event = eventAt(0, { id: 'e', userId: 'u', anonymousId: 'x', itemId: 'i', type: word });
  assert.deepEqual((await events.append([event])).created, [true]);
  const digest = await artifacts.put('model', { meta: { word }, arrays: {}, ids: {} });
  await artifacts.promote('model', digest);
}

async function expectEmpty({ items, events, artifacts }: TenantStores): Promise<void> {
  assert.deepEqual([items.size(), events.size(), artifacts.promoted('model')], [0, 0, undefined]);
  assert.deepEqual(await items.get(['i']), [undefined]);
  assert.equal(events.history({ userId: 'u', anonymousId: 'x' }, START).size, 0);
  assert.equal(events.userOf('x', START), undefined);
  assert.equal((await events.window({ types: ['lamp'], from: 0, to: START })).total, 0);
  assert.deepEqual([...(items.allowed(undefined, vocabularyOf(['i'])) ?? [])], [0]);
}

async function expectOnly({ items, events, artifacts }: TenantStores, word: string, x: number): Promise<void> {
  assert.deepEqual((await items.get(['i']))[0]?.title, word);
  assert.deepEqual((await items.lexical({ text: 'lamp chair', k: 9 }, calmCall())).ids, ['i']);
  assert.equal((await items.gather('text', ['i'])).data[0], x);
  assert.deepEqual(events.history({ userId: 'u' }, START).types, [word]);
  assert.deepEqual((await events.trainingData()).typeNames, [word]);
  const { meta } = await artifacts.open('model', artifacts.promoted('model') ?? '');
  assert.equal(meta['word'], word);
}
