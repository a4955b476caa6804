import assert from 'node:assert/strict';
import type { ArtifactDraft, ArtifactStore } from '@attune/sdk';
import type { Check } from '../contract/check.js';

const draftOf = (weight: number): ArtifactDraft => ({
  meta: { weight },
  arrays: { weights: Float32Array.of(weight, 2, 3), rows: Int32Array.of(7) },
  ids: { items: ['a', 'b/ü'] },
});

/** What every artifact store must do; `open` gives an empty one. */
export function artifactStoreContract(open: () => Promise<ArtifactStore>): readonly Check[] {
  const check = (name: string, run: (store: ArtifactStore) => Promise<void>): Check => ({
    name,
    run: async () => await run(await open()),
  });
  return [
    check('an artifact comes back as it was put', roundTrip),
    check('the same content is one artifact', sameContent),
    check('a pointer a name, to an artifact that is there', promotion),
    check('a pointer is taken back, and the artifact stays', demotion),
    check('the last three and the promoted one are kept', retention),
  ];
}

async function roundTrip(store: ArtifactStore): Promise<void> {
  const digest = await store.put('model', draftOf(1));
  const artifact = await store.open('model', digest);
  assert.deepEqual([artifact.name, artifact.digest, artifact.meta], ['model', digest, { weight: 1 }]);
  assert.deepEqual(artifact.floats('weights'), Float32Array.of(1, 2, 3));
  assert.deepEqual(artifact.ints('rows'), Int32Array.of(7));
  assert.deepEqual(artifact.array('rows'), Int32Array.of(7));
  assert.deepEqual(artifact.contents, { arrays: ['weights', 'rows'], ids: ['items'] });
  assert.deepEqual([artifact.ids('items').size, artifact.ids('items').row('b/ü')], [2, 1]);
  assert.equal(
    artifact.ids('items'),
    (await store.open('model', digest)).ids('items'),
    'one vocabulary for all readers',
  );
  // As plugins take it apart.
  const { floats, ids } = artifact;
  assert.deepEqual([floats('weights').length, ids('items').size], [3, 2]);
  assert.throws(() => artifact.ints('weights'), /weights/);
  assert.throws(() => artifact.array('toString'), /toString/);
  assert.throws(() => artifact.ids('users'), /users/);
  await assert.rejects(async () => await store.open('other', digest), /other/);
}

async function sameContent(store: ArtifactStore): Promise<void> {
  const digest = await store.put('model', draftOf(1));
  assert.equal(await store.put('model', draftOf(1)), digest);
  assert.notEqual(await store.put('model', draftOf(2)), digest);
  assert.equal((await store.list('model')).length, 2);
  assert.deepEqual(await store.list('none'), []);
}

async function promotion(store: ArtifactStore): Promise<void> {
  const digest = await store.put('model', draftOf(1));
  assert.equal(await store.promoted('model'), undefined);
  await assert.rejects(async () => await store.promote('other', digest), /other/);
  await store.promote('model', digest);
  assert.deepEqual([await store.promoted('model'), await store.promoted('other')], [digest, undefined]);
}

async function demotion(store: ArtifactStore): Promise<void> {
  await store.promote('model', undefined);
  const [first, second] = [await store.put('model', draftOf(1)), await store.put('model', draftOf(2))];
  await store.promote('model', first);
  await store.promote('other', await store.put('other', draftOf(3)));
  await store.promote('model', undefined);
  assert.equal(await store.promoted('model'), undefined);
  assert.notEqual(await store.promoted('other'), undefined);
  assert.deepEqual((await store.open('model', first)).meta, { weight: 1 });
  await store.promote('model', second);
  assert.equal(await store.promoted('model'), second);
}

async function retention(store: ArtifactStore): Promise<void> {
  const first = await store.put('model', draftOf(0));
  await store.promote('model', first);
  let last = first;
  for (const weight of [1, 2, 3, 4, 5]) last = await store.put('model', draftOf(weight));
  const kept = (await store.list('model')).map(({ digest }) => digest);
  assert.equal(kept.length, 4);
  assert.ok(kept.includes(first) && kept.includes(last));
}
