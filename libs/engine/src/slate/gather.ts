import { rowsOf, type Candidates, type Item, type Need, type VectorBlock, type Vocabulary } from '@attune/sdk';
import type { Step } from '../runtime/step.js';
import type { CandidatePool } from './candidate-pool.js';
import { documentsOf, vectorsOf, type Reading } from './catalogue.reader.js';

/** What the steps of a stage need of their candidates, gathered once for all of them. */
export interface CandidateNeeds {
  readonly documents: boolean;
  readonly spaces: readonly string[];
}

export function needsOf(steps: readonly Step[]): CandidateNeeds {
  return {
    documents: steps.some(({ plugin }) => plugin.needs.includes('items') || plugin.needs.includes('titles')),
    spaces: [...new Set(steps.flatMap(({ plugin }) => plugin.itemVectors))],
  };
}

/** A document for a candidate that the catalogue no longer has: unavailable, so that `availability` removes it. */
const gone = (id: string): Item => ({ id, title: id, available: false });

/** Candidates with the signals their steps declared, resolved once a batch. */
export async function candidatesOf(
  pool: CandidatePool,
  needs: CandidateNeeds,
  reading: Reading,
): Promise<Candidates<Need, string>> {
  const [documents, ...blocks] = await Promise.all([
    needs.documents ? documentsOf(pool.ids, reading) : undefined,
    ...needs.spaces.map((space) => vectorsOf(space, pool.ids, reading)),
  ]);
  const items = documents?.map((item, c) => item ?? gone(pool.ids[c]!));
  const itemVectors: Record<string, VectorBlock> = {};
  needs.spaces.forEach((space, i) => (itemVectors[space] = blocks[i]!));
  const rows = new Map<Vocabulary, Int32Array>();
  const candidates = {
    size: pool.ids.length,
    ids: pool.ids,
    sources: pool.sources,
    itemVectors,
    rows(vocabulary: Vocabulary) {
      let found = rows.get(vocabulary);
      if (found === undefined) rows.set(vocabulary, (found = rowsOf(vocabulary, pool.ids)));
      return found;
    },
    ...(items && { items, titles: items.map(({ title }) => title) }),
  };
  // Signals nobody declared are absent; the types of the plugins that run on this block say so.
  return candidates as Candidates<Need, string>;
}
