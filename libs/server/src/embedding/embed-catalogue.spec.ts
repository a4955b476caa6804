import type { BulkEncoder } from '@attune/inference';
import { item, openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { embedCatalogue } from './embed-catalogue.js';

/** A text model of two dimensions: how long a text is, and how many vowels it has. */
function tinyEncoder(
  before: (texts: readonly string[]) => Promise<unknown> = () => Promise.resolve(),
): BulkEncoder & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    id: 'tiny',
    digest: 'tiny',
    dims: 2,
    metric: 'dot',
    maxTokens: 8,
    async embed(texts, { signal } = {}) {
      await before(texts);
      signal?.throwIfAborted();
      asked.push(...texts);
      return Float32Array.from(texts.flatMap((text) => [text.length, text.replace(/[^aeiou]/gi, '').length]));
    },
    close: () => Promise.resolve(),
  };
}

let scratch: ScratchStores;
beforeEach(async () => (scratch = await openScratchStores()));
afterEach(() => scratch.close());

const run = (
  signal = new AbortController().signal,
): { signal: AbortSignal; progress: (done: number, total: number) => void; steps: string[] } => {
  const steps: string[] = [];
  return { signal, steps, progress: (done, total) => void steps.push(`${done}/${total}`) };
};
const many = (count: number): ReturnType<typeof item>[] =>
  Array.from({ length: count }, (_, i) => item(`i-${i}`, `${'a'.repeat((i % 9) + 1)} ${i % 50}`));
const vectorOf = async (id: string): Promise<number[]> => [...(await scratch.stores.items.gather('text', [id])).data];

describe('embedCatalogue', () => {
  it('embeds what has no vector, each text of a page once, and tells how far it is', async () => {
    const { items } = scratch.stores;
    await items.upsert(many(300));
    const [encoder, first] = [tinyEncoder(), run()];
    expect(await embedCatalogue('text', items, encoder, first)).toBe(300);
    expect(items.withoutVector('text')).toEqual([]);
    expect(first.steps).toEqual(['128/300', '256/300', '300/300']);
    for (const [from, to] of [
      [0, 128],
      [128, 256],
      [256, 300],
    ] as const) {
      const texts = new Set(
        many(300)
          .slice(from, to)
          .map(({ title }) => title),
      );
      expect(encoder.asked.splice(0, texts.size)).toEqual([...texts]);
    }
    expect(encoder.asked).toEqual([]);
    expect(await vectorOf('i-8')).toEqual([11, 9]);
    expect(await vectorOf('i-258')).toEqual([9, 7]);
    const again = run();
    expect(await embedCatalogue('text', items, encoder, again)).toBe(0);
    expect([encoder.asked, again.steps]).toEqual([[], []]);
  });

  it('keeps no vector for a text that changed or an item that went meanwhile; the next job does those', async () => {
    const { items } = scratch.stores;
    await items.upsert([item('stays', 'blue mug'), item('changes', 'red mug'), item('goes', 'green mug')]);
    const meanwhile = async (): Promise<void> => {
      await items.upsert([{ ...item('changes', 'red and white mug'), updatedAt: '2026-11-03T00:00:00.000Z' }]);
      await items.delete(['goes']);
    };
    expect(await embedCatalogue('text', items, tinyEncoder(meanwhile), run())).toBe(1);
    expect(items.withoutVector('text')).toEqual(['changes']);
    expect(await embedCatalogue('text', items, tinyEncoder(), run())).toBe(1);
    expect(await vectorOf('changes')).toEqual([17, 5]);
  });

  it('stops at an abort and keeps the pages that were done; the next run does the rest', async () => {
    const { items } = scratch.stores;
    await items.upsert(many(300));
    const abort = new AbortController();
    let pages = 0;
    const encoder = tinyEncoder(async () => void (++pages === 2 && abort.abort(new Error('canceled'))));
    await expect(embedCatalogue('text', items, encoder, run(abort.signal))).rejects.toThrow('canceled');
    expect(items.withoutVector('text')).toHaveLength(172);
    expect(await embedCatalogue('text', items, tinyEncoder(), run())).toBe(172);
    expect(items.withoutVector('text')).toEqual([]);
  });
});
