import type { BulkEncoder } from '@attune/inference';
import type { JobPart, SearchIndex, SplitWork } from '@attune/sdk';
import { z } from 'zod';
import type { JobRequestOf } from '../jobs/job.js';
import type { Encoders } from '../platform/encoders.js';
import { documentText } from './document-text.js';
import { wakeModels } from './wake-models.js';

/** Items of one part. Storing them holds the thread: few enough that no slate notices. */
const PAGE = 128;

const partSchema = z.strictObject({ space: z.string(), ids: z.array(z.string()) });

export interface EmbedWorkParts {
  readonly encoders: Pick<Encoders, 'spaces' | 'query' | 'bulk'>;
  readonly items: SearchIndex;
}

/**
 * Embeds every item without a vector, in every space. The work is derived from state, so a crash loses nothing: what was
 * done is stored page by page.
 */
export function embedWork({ encoders, items }: EmbedWorkParts): SplitWork<JobRequestOf<'embed'>> {
  return {
    async size() {
      await items.refresh();
      const counts = await Promise.all([...encoders.spaces.keys()].map((space) => items.countWithoutVector(space)));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    async *plan({ signal }) {
      for (const space of encoders.spaces.keys())
        for await (const ids of items.withoutVector(space))
          for (let from = 0; from < ids.length; from += PAGE) {
            signal.throwIfAborted();
            yield { space, ids: ids.slice(from, from + PAGE) } satisfies JobPart;
          }
    },
    async part(part, { signal }) {
      const { space, ids } = partSchema.parse(part);
      const ok = await encoders.bulk(space, (encoder) => embedPage({ space, ids, items, encoder }, signal));
      return { ok, failed: 0, errors: [] };
    },
    async end() {
      await items.refresh();
      // Only new items can be in a language that nobody has asked in yet.
      void wakeModels(encoders, items);
    },
  };
}

interface EmbedPage {
  readonly space: string;
  readonly ids: readonly string[];
  readonly items: SearchIndex;
  readonly encoder: BulkEncoder;
}

/** How many items got their vector: one that went, or whose text changed meanwhile, is left to the next job. */
async function embedPage({ space, ids, items, encoder }: EmbedPage, signal: AbortSignal): Promise<number> {
  const page = (await items.get(ids)).filter((item) => item !== undefined);
  const vectors = await embedDistinct(page.map(documentText), encoder, signal);
  return await items.setVectors(space, page, vectors);
}

/** Vectors of texts `[texts × dims]`; equal ones are embedded once. */
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
