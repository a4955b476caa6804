import type { BulkEncoder } from '@attune/inference';
import type { Item, JobOutcome, JobPart, SearchIndex, SplitWork } from '@attune/sdk';
import { joinedOutcome } from '@attune/stores';
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
      const page = (await items.get(ids)).filter((item) => item !== undefined);
      const outcome = await embedPage(page, { space, items, encoders, signal });
      // Nothing at all: it may be the model that fails, and not a text.
      if (outcome.ok === 0 && outcome.failed > 0) throw new Error(outcome.errors[0]);
      return outcome;
    },
    async end() {
      await items.refresh();
      // Only new items can be in a language that nobody has asked in yet.
      void wakeModels(encoders, items);
    },
  };
}

interface EmbedPageParts extends EmbedWorkParts {
  readonly space: string;
  readonly signal: AbortSignal;
}

/**
 * Embeds and stores items. Where the model fails it is asked for each half of them, so that one text it cannot embed costs
 * no other item its vector. An item that went, or whose text changed meanwhile, is left to the next job.
 */
async function embedPage(page: readonly Item[], parts: EmbedPageParts): Promise<JobOutcome> {
  const { space, items, encoders, signal } = parts;
  const [first] = page;
  if (first === undefined) return { ok: 0, failed: 0, errors: [] };
  const texts = page.map(documentText);
  let vectors: Float32Array;
  try {
    // Anew each time: the thread may have died of a text.
    vectors = await encoders.bulk(space, (encoder) => embedDistinct(texts, encoder, signal));
  } catch (error) {
    signal.throwIfAborted();
    if (page.length === 1) return failureOf(first, error);
    const half = Math.ceil(page.length / 2);
    return joinedOutcome(await embedPage(page.slice(0, half), parts), await embedPage(page.slice(half), parts));
  }
  return { ok: await items.setVectors(space, page, vectors), failed: 0, errors: [] };
}

function failureOf({ id }: Item, error: unknown): JobOutcome {
  const why = error instanceof Error ? error.message : String(error);
  return { ok: 0, failed: 1, errors: [`item '${id}' could not be embedded: ${why}`] };
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
