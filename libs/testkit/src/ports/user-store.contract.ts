import assert from 'node:assert/strict';
import { mayProfile, type UserStore } from '@attune/sdk';
import type { Check } from '../contract/check.js';
import { findUser } from './reading.js';

/** What every user store must do; `open` gives an empty one. */
export function userStoreContract(open: () => Promise<UserStore>): readonly Check[] {
  const check = (name: string, run: (store: UserStore) => Promise<void>): Check => ({
    name,
    run: async () => await run(await open()),
  });
  return [
    check('a user comes back as described, at once', described),
    check('the last description of an id wins, in one call and in two', lastWins),
    check('concurrent changes take effect in the order of the calls', inOrder),
    check('a deleted user is not described any more, others are', deletion),
    check('nothing said is no refusal of consent', consent),
  ];
}

async function described(store: UserStore): Promise<void> {
  const user = { id: 'ü/🙂', attributes: { plan: 'pro', tags: ['a', 7, true] }, consent: { profiling: false } };
  await store.upsert([user, { id: 'bob' }]);
  assert.deepEqual(await findUser(store, 'ü/🙂'), user);
  assert.deepEqual(await store.get(['bob', 'none', '__proto__']), [{ id: 'bob' }, undefined, undefined]);
  assert.equal(await store.size(), 2);
}

async function lastWins(store: UserStore): Promise<void> {
  await store.upsert([
    { id: 'ann', attributes: { plan: 'free', country: 'at' } },
    { id: 'ann', attributes: { plan: 'pro' } },
  ]);
  assert.deepEqual(await findUser(store, 'ann'), { id: 'ann', attributes: { plan: 'pro' } });
  await store.upsert([{ id: 'ann' }]);
  assert.deepEqual([await findUser(store, 'ann'), await store.size()], [{ id: 'ann' }, 1]);
}

async function inOrder(store: UserStore): Promise<void> {
  const calls = [
    store.upsert([{ id: 'ann', attributes: { n: 1 } }]),
    store.delete(['ann']),
    store.upsert([{ id: 'bob' }, { id: 'ann', attributes: { n: 2 } }]),
    store.delete(['bob']),
  ];
  assert.deepEqual(await Promise.all(calls), [undefined, 1, undefined, 1]);
  assert.deepEqual([(await findUser(store, 'ann'))?.attributes, await findUser(store, 'bob')], [{ n: 2 }, undefined]);
}

async function deletion(store: UserStore): Promise<void> {
  await store.upsert([{ id: 'ann' }, { id: 'bob' }, { id: 'cat' }]);
  assert.equal(await store.delete(['ann', 'ann', 'none', 'cat']), 2);
  assert.deepEqual(
    [await findUser(store, 'ann'), await findUser(store, 'cat'), await store.size()],
    [undefined, undefined, 1],
  );
  assert.deepEqual(
    [await store.delete(['ann']), await store.delete([]), await findUser(store, 'bob')],
    [0, 0, { id: 'bob' }],
  );
}

async function consent(store: UserStore): Promise<void> {
  await store.upsert([
    { id: 'no', consent: { profiling: false } },
    { id: 'yes', consent: { profiling: true } },
  ]);
  assert.deepEqual((await store.get(['no', 'yes', 'none'])).map(mayProfile), [false, true, true]);
}
