import type { Item, JobOutcome, JobPart, SearchIndex, SplitWork, VectorBlock } from '@attune/sdk';
import { joinedOutcome } from '@attune/stores';
import { documentText } from '@attune/text';
import { z } from 'zod';
import type { JobRequest } from '../jobs/job.js';
import type { EncodedSpace, Encoders } from '../platform/encoders.js';
import type { DerivedSpaces } from '../spaces/derived-spaces.js';

/** Items of one part. Storing them holds the thread: few enough that no slate notices. */
const PAGE = 128;

const partSchema = z.strictObject({ space: z.string(), ids: z.array(z.string()) });

export interface EmbedWorkParts {
  readonly encoders: Pick<Encoders, 'bulk'>;
  readonly items: SearchIndex;
  /** Versions of spaces that are to be filled, those that are made of others' vectors after these. */
  readonly filled: () => Promise<readonly Pick<EncodedSpace, 'id'>[]>;
  /** Spaces that are made of others' vectors: their items are placed, not embedded. */
  readonly derived?: Pick<DerivedSpaces, 'has' | 'place' | 'follow'>;
  /** Told how many vectors a version got, and where from. */
  readonly embedded: (version: string, source: VectorSource, count: number) => void;
  /** After the last item of a job. */
  readonly end?: () => void;
}

/** A vector is the model's, or one that is stored for the same text already. */
export type VectorSource = 'model' | 'stored';

/**
 * Embeds every item without a vector, in every version that is to be filled. The work is derived from state, so a crash
 * loses nothing: what was done is stored page by page.
 */
export function embedWork(parts: EmbedWorkParts): SplitWork<JobRequest> {
  const { items, filled } = parts;
  return {
    async size() {
      await items.refresh();
      const counts = await Promise.all((await filled()).map(({ id }) => items.countWithoutVector(id)));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    async *plan({ signal }) {
      for (const { id: space } of await filled())
        for await (const ids of items.withoutVector(space))
          for (let from = 0; from < ids.length; from += PAGE) {
            signal.throwIfAborted();
            yield { space, ids: ids.slice(from, from + PAGE) } satisfies JobPart;
          }
    },
    async part(part, { signal }) {
      const { space, ids } = partSchema.parse(part);
      const page = (await items.get(ids)).filter((item) => item !== undefined);
      // What has no vector to begin with is told of where that one fails.
      if (parts.derived?.has(space)) return { ok: await parts.derived.place(space, page), failed: 0, errors: [] };
      const outcome = await embedPage(page, { ...parts, space, signal });
      // Nothing at all: it may be the model that fails, and not a text.
      if (outcome.ok === 0 && outcome.failed > 0) throw new Error(outcome.errors[0]);
      await parts.derived?.follow(space, page);
      return outcome;
    },
    async end() {
      await items.refresh();
      parts.end?.();
    },
  };
}

interface EmbedPageParts extends EmbedWorkParts {
  /** Id of the version. */
  readonly space: string;
  readonly signal: AbortSignal;
}

/**
 * Embeds and stores items. Where the model fails it is asked for each half of them, so that one text it cannot embed costs
 * no other item its vector. An item that went, or whose text changed meanwhile, is left to the next job.
 */
async function embedPage(page: readonly Item[], parts: EmbedPageParts): Promise<JobOutcome> {
  const { space, items, signal } = parts;
  const [first] = page;
  if (first === undefined) return { ok: 0, failed: 0, errors: [] };
  const stored = await items.vectorsOfTexts(space, page);
  let vectors: Float32Array;
  try {
    vectors = await completed(stored, page, parts);
  } catch (error) {
    signal.throwIfAborted();
    if (page.length === 1) return failureOf(first, error);
    const half = Math.ceil(page.length / 2);
    return joinedOutcome(await embedPage(page.slice(0, half), parts), await embedPage(page.slice(half), parts));
  }
  return { ok: await items.setVectors(space, page, vectors), failed: 0, errors: [] };
}

/** Vectors of items `[items × dims]`: those of texts that have none stored are the model's, each text once. */
async function completed(
  { dims, data }: VectorBlock,
  page: readonly Item[],
  { space, encoders, signal, embedded }: EmbedPageParts,
): Promise<Float32Array> {
  const lacking = page.map(documentText).map((text, i) => (Number.isNaN(data[i * dims]) ? text : undefined));
  const distinct = [...new Set(lacking.filter((text) => text !== undefined))];
  if (distinct.length > 0) {
    // A thread anew each time: the one before may have died of a text.
    const vectors = await encoders.bulk(space, (encoder) => encoder.embed(distinct, { signal }));
    const place = new Map(distinct.map((text, i) => [text, i * dims]));
    lacking.forEach((text, i) => {
      if (text === undefined) return;
      const at = place.get(text)!;
      data.set(vectors.subarray(at, at + dims), i * dims);
    });
  }
  embedded(space, 'model', distinct.length);
  embedded(space, 'stored', page.length - distinct.length);
  return data;
}

function failureOf({ id }: Item, error: unknown): JobOutcome {
  const why = error instanceof Error ? error.message : String(error);
  return { ok: 0, failed: 1, errors: [`item '${id}' could not be embedded: ${why}`] };
}
