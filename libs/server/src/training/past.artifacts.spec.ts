import type { ArtifactDraft, ArtifactStore } from '@attune/sdk';
import { openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { pastArtifacts } from './past.artifacts.js';

const draft = (weight: number): ArtifactDraft => ({
  meta: { weight },
  arrays: { weights: Float32Array.of(weight) },
  ids: { items: ['mug'] },
});

let scratch: ScratchStores;
let past: ArtifactStore;
beforeAll(async () => {
  scratch = await openScratchStores();
  const { artifacts } = scratch.stores;
  for (const name of ['ease', 'foreign:scorer:click', 'space:ials', 'space:text'])
    await artifacts.promote(name, await artifacts.put(name, draft(1)));
  past = pastArtifacts(artifacts, new Map([['ease', draft(2)]]), ['ease', 'ials', 'lambdamart']);
});
afterAll(() => scratch.close());

it('has the models of the past, and not those of today', async () => {
  const digest = await past.promoted('ease');
  const { name, meta, ...artifact } = await past.open('ease', digest!);
  expect([name, meta]).toEqual(['ease', { weight: 2 }]);
  const opened = await past.open('ease', digest!);
  expect([opened.floats('weights')[0], opened.ids('items').row('mug'), artifact.digest]).toEqual([2, 0, digest]);
});

it('lacks whatever may have seen more: models made elsewhere, and factors in the search index', async () => {
  for (const name of ['foreign:scorer:click', 'space:ials', 'lambdamart'])
    expect(await past.promoted(name)).toBeUndefined();
});

it('keeps the spaces of texts, and is not written to', async () => {
  expect(await past.promoted('space:text')).toBe(await scratch.stores.artifacts.promoted('space:text'));
  await expect(past.put('ease', draft(3))).rejects.toThrow('not written to');
});
