import { item, openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import type { Encoders } from '../platform/encoders.js';
import { spaceOfItem } from './language-space.js';
import { wakeModels } from './wake-models.js';

const EMBEDDERS = ['text', 'text-zh', 'text-ja'].map((id, i) => ({
  id,
  model: id,
  languages: [['en', 'zh', 'ja'][i]!],
}));

type Woken = Parameters<typeof wakeModels>[0][number];

/** Three models that remember whether they were asked; the Japanese one is broken. */
function models(): Pick<Encoders, 'query'> & { readonly spaces: readonly Woken[]; readonly asked: string[] } {
  const asked: string[] = [];
  const info = { digest: 'tiny', dims: 1, metric: 'dot', maxTokens: 8 } as const;
  const encoder = (id: string) => ({
    id,
    ...info,
    embed: (): Promise<Float32Array> => {
      asked.push(id);
      return id === 'text-ja' ? Promise.reject(new Error('broken')) : Promise.resolve(new Float32Array(1));
    },
    knows: () => false,
    close: () => Promise.resolve(),
  });
  const space = (id: string) => ({
    id,
    ...info,
    admits: (each: ReturnType<typeof item>) => spaceOfItem(each, EMBEDDERS) === id,
  });
  const ids = EMBEDDERS.map(({ id }) => id);
  return {
    asked,
    query: new Map(ids.map((id) => [id, encoder(id)])),
    spaces: ids.map(space),
  };
}

describe('wakeModels', () => {
  let scratch: ScratchStores;
  beforeEach(async () => (scratch = await openScratchStores()));
  afterEach(() => scratch.close());

  it('opens no further model for a catalogue in the main language', async () => {
    await scratch.stores.items.upsert([item('a', 'Red mug')]);
    const { asked, spaces, query } = models();
    await wakeModels(spaces, query, scratch.stores.items);
    expect(asked).toEqual([]);
  });

  it('opens the model of each further language that has items, also where another is broken', async () => {
    await scratch.stores.items.upsert([item('a', 'Red mug'), item('b', 'お茶の茶碗'), item('c', '红色马克杯')]);
    const { asked, spaces, query } = models();
    await wakeModels(spaces, query, scratch.stores.items);
    expect(asked.sort()).toEqual(['text-ja', 'text-zh']);
  });
});
