import type { Call, Space } from '@attune/sdk';
import { item, openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { embedWhereFilled } from './embed-where-filled.js';

const CALL: Call = {
  tenant: 'default',
  deadline: { signal: new AbortController().signal, remainingMs: () => 1_000 },
  degrade: () => undefined,
  note: () => undefined,
};
const SPACES = ['text', 'text-zh'].map((id): Space => ({ id, dims: 2, metric: 'cosine' }));

let scratch: ScratchStores;
beforeEach(async () => (scratch = await openScratchStores(SPACES)));
afterEach(() => scratch.close());

describe('embedWhereFilled', () => {
  it('asks a further model only once its space holds a vector, the main one always', async () => {
    const asked: string[] = [];
    const embed = embedWhereFilled(
      { query: (space, text) => Promise.resolve(asked.push(`${space} ${text}`)).then(() => Float32Array.of(0, 1)) },
      new Map(SPACES.map((space) => [space.id, space])),
      scratch.stores.items,
    );
    expect([...(await embed.query('text', 'mug', CALL))]).toEqual([0, 1]);
    expect([...(await embed.query('text-zh', '杯', CALL))]).toEqual([0, 0]);
    expect(asked).toEqual(['text mug']);
    await scratch.stores.items.upsert([item('z', '茶杯')]);
    expect([...(await embed.query('text-zh', '杯', CALL))]).toEqual([0, 0]);
    await scratch.stores.items.setVectors('text-zh', [item('z', '茶杯')], Float32Array.of(1, 0));
    expect([...(await embed.query('text-zh', '杯', CALL))]).toEqual([0, 1]);
    await scratch.stores.items.delete(['z']);
    await embed.query('text-zh', '杯', CALL);
    expect(asked).toEqual(['text mug', 'text-zh 杯', 'text-zh 杯']);
  });
});
