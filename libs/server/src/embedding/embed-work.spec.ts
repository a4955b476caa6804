import type { BulkEncoder } from '@attune/inference';
import type { JobOutcome } from '@attune/sdk';
import { runWork } from '@attune/stores';
import { joinedPages } from '../joined-pages.js';
import { item, openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { embedWork } from './embed-work.js';

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

interface Ran {
  readonly outcome: Promise<JobOutcome>;
  readonly steps: string[];
  /** How many vectors came from where. */
  readonly sources: Record<string, number>;
}

/** Embeds with this model as a job would. */
function embed(encoder: BulkEncoder, signal = new AbortController().signal): Ran {
  const steps: string[] = [];
  const sources: Record<string, number> = { model: 0, stored: 0 };
  const works = {
    embed: embedWork({
      encoders: { bulk: (_, work) => work(encoder) },
      items: scratch.stores.items,
      filled: () => Promise.resolve([{ id: 'text' }]),
      embedded: (_, source, count) => void (sources[source]! += count),
    }),
  };
  const progress = (done: number, total: number): void => void steps.push(`${done}/${total}`);
  const result = { json: () => Promise.resolve(), line: () => Promise.resolve() };
  const request = { type: 'embed' } as const;
  return { steps, sources, outcome: runWork(works, { id: 'job-1', request, signal, progress, result }) };
}
const embedded = async (encoder: BulkEncoder, signal?: AbortSignal): Promise<number> =>
  (await embed(encoder, signal).outcome).ok;
const missing = (): Promise<readonly string[]> => joinedPages(scratch.stores.items.withoutVector('text'));
const many = (count: number): ReturnType<typeof item>[] =>
  Array.from({ length: count }, (_, i) => item(`i-${i}`, `${'a'.repeat((i % 9) + 1)} ${i % 50}`));
const vectorOf = async (id: string): Promise<number[]> => [...(await scratch.stores.items.gather('text', [id])).data];

describe('embedWork', () => {
  it('embeds what has no vector, each text of a page once, and tells how far it is', async () => {
    const { items } = scratch.stores;
    await items.upsert(many(300));
    const encoder = tinyEncoder();
    const first = embed(encoder);
    expect((await first.outcome).ok).toBe(300);
    expect(await missing()).toEqual([]);
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
    const again = embed(encoder);
    expect((await again.outcome).ok).toBe(0);
    expect([encoder.asked, again.steps]).toEqual([[], []]);
  });

  it('asks no model for a text that has its vector already, and tells how many it spared', async () => {
    const { items } = scratch.stores;
    await items.upsert([item('mug', 'Red mug'), item('lamp', 'Lamp')]);
    expect(await embedded(tinyEncoder())).toBe(2);
    await items.upsert([item('mug-2', 'Red mug'), item('mug-3', 'Red mug'), item('cup', 'Cup'), item('cup-2', 'Cup')]);
    const encoder = tinyEncoder();
    const { outcome, sources } = embed(encoder);
    expect((await outcome).ok).toBe(4);
    expect(encoder.asked).toEqual(['Cup']);
    expect(sources).toEqual({ model: 1, stored: 3 });
    expect(await vectorOf('mug-3')).toEqual(await vectorOf('mug'));
  });

  it('keeps no vector for a text that changed or an item that went meanwhile; the next job does those', async () => {
    const { items } = scratch.stores;
    await items.upsert([item('stays', 'blue mug'), item('changes', 'red mug'), item('goes', 'green mug')]);
    const meanwhile = async (): Promise<void> => {
      await items.upsert([{ ...item('changes', 'red and white mug'), updatedAt: '2026-11-03T00:00:00.000Z' }]);
      await items.delete(['goes']);
    };
    expect(await embedded(tinyEncoder(meanwhile))).toBe(1);
    expect(await missing()).toEqual(['changes']);
    expect(await embedded(tinyEncoder())).toBe(1);
    expect(await vectorOf('changes')).toEqual([17, 5]);
  });

  it('stops at an abort and keeps the pages that were done; the next run does the rest', async () => {
    const { items } = scratch.stores;
    await items.upsert(many(300));
    const abort = new AbortController();
    let pages = 0;
    const encoder = tinyEncoder(async () => void (++pages === 2 && abort.abort(new Error('canceled'))));
    await expect(embedded(encoder, abort.signal)).rejects.toThrow('canceled');
    expect(await missing()).toHaveLength(172);
    expect(await embedded(tinyEncoder())).toBe(172);
    expect(await missing()).toEqual([]);
  });

  it('embeds the others where the model fails for one text, and says which item has it', async () => {
    await scratch.stores.items.upsert([...many(200), item('poison', 'poison'), ...many(250).slice(200)]);
    const failing = (texts: readonly string[]): Promise<void> =>
      texts.includes('poison') ? Promise.reject(new Error('no such word')) : Promise.resolve();
    const errors = ["item 'poison' could not be embedded: no such word"];
    expect(await embed(tinyEncoder(failing)).outcome).toEqual({ ok: 250, failed: 1, errors });
    expect(await missing()).toEqual(['poison']);
    await expect(embedded(tinyEncoder(failing))).rejects.toThrow(errors[0]);
  });

  it('fails, to be tried again, where the model fails for every text', async () => {
    await scratch.stores.items.upsert(many(3));
    const asked: number[] = [];
    const away = (texts: readonly string[]): Promise<void> => {
      asked.push(texts.length);
      return Promise.reject(new Error('not there'));
    };
    await expect(embedded(tinyEncoder(away))).rejects.toThrow("item 'i-0' could not be embedded: not there");
    expect(asked).toEqual([3, 2, 1, 1, 1]);
    expect(await embedded(tinyEncoder())).toBe(3);
  });
});
