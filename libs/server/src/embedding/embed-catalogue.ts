import type { BulkEncoder } from '@attune/inference';
import type { Item, SearchIndex } from '@attune/sdk';
import { documentText } from './document-text.js';

/** Storing a page holds the thread: small enough that no slate notices. */
const PAGE = 128;

export interface EmbedProgress {
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/**
 * Embeds every item without a vector in the space. The work is derived from state, so a crash loses nothing: what was
 * done is stored page by page. Equal texts of a page are embedded once. Resolves with the number of items embedded.
 */
export async function embedCatalogue(
  space: string,
  items: SearchIndex,
  encoder: BulkEncoder,
  { signal, progress }: EmbedProgress,
): Promise<number> {
  const missing = items.withoutVector(space);
  let embedded = 0;
  for (let from = 0; from < missing.length; from += PAGE) {
    signal.throwIfAborted();
    const found = await items.get(missing.slice(from, from + PAGE));
    const page = found.filter((item): item is Item => item !== undefined);
    const texts = page.map(documentText);
    const vectors = await embedDistinct(texts, encoder, signal);
    const [ids, kept] = await unchanged(page, texts, vectors, items);
    await items.setVectors(space, ids, kept);
    embedded += ids.length;
    progress(Math.min(from + PAGE, missing.length), missing.length);
  }
  return embedded;
}

async function embedDistinct(
  texts: readonly string[],
  encoder: BulkEncoder,
  signal: AbortSignal,
): Promise<Float32Array> {
  const distinct = [...new Set(texts)];
  const vectors = await encoder.embed(distinct, { signal });
  if (distinct.length === texts.length) return vectors;
  const place = new Map(distinct.map((text, i) => [text, i]));
  const all = new Float32Array(texts.length * encoder.dims);
  texts.forEach((text, i) => {
    const at = place.get(text)! * encoder.dims;
    all.set(vectors.subarray(at, at + encoder.dims), i * encoder.dims);
  });
  return all;
}

/** Ids and vectors of the items whose text is still the one embedded: one that changed meanwhile is a later page's work. */
async function unchanged(
  page: readonly Item[],
  texts: readonly string[],
  vectors: Float32Array,
  items: SearchIndex,
): Promise<[ids: string[], vectors: Float32Array]> {
  const now = await items.get(page.map(({ id }) => id));
  const dims = vectors.length / Math.max(1, page.length);
  const same = page.flatMap((_, i) => (now[i] !== undefined && documentText(now[i]) === texts[i] ? [i] : []));
  const kept = new Float32Array(same.length * dims);
  same.forEach((i, place) => kept.set(vectors.subarray(i * dims, (i + 1) * dims), place * dims));
  return [same.map((i) => page[i]!.id), kept];
}
