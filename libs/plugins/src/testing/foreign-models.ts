import type { ArtifactDraft } from '@attune/sdk';
import { FOREIGN, foreignArtifact, foreignModelSchema, type ForeignInput } from '../foreign/foreign-model.schema.js';
import { summingGraphs } from './summing-graphs.js';

export interface ForeignDraft {
  /** As written, before its schema. */
  readonly declaration: object;
  readonly inputs: readonly ForeignInput[];
  readonly ids?: readonly string[];
  /** `[ids × dims]` */
  readonly vectors?: Float32Array;
}

/** The artifact of a foreign model whose graph nobody can run but `summingGraphs`. */
export function foreignDraft({ declaration, inputs, ids = [], vectors }: ForeignDraft): ArtifactDraft {
  const parsed = foreignModelSchema.parse(declaration);
  const dims = vectors === undefined ? 0 : vectors.length / ids.length;
  return {
    meta: JSON.parse(JSON.stringify({ declaration: parsed, inputs, dims })) as ArtifactDraft['meta'],
    arrays: { [FOREIGN.graph]: Uint8Array.of(1), ...(vectors && { [FOREIGN.vectors]: vectors }) },
    ids: ids.length === 0 ? {} : { [FOREIGN.items]: ids },
  };
}

interface ModeledWorld {
  readonly items: readonly { readonly id: string }[];
  readonly coldItemIds: readonly string[];
}

/** A scorer and a user encoder over the items of a world that somebody touched. */
export function foreignModels({ items, coldItemIds }: ModeledWorld) {
  const ids = items.map(({ id }) => id).filter((id) => !coldItemIds.includes(id));
  const past = { feed: 'history-items', length: 4 };
  const scorer: ForeignDraft = {
    declaration: {
      kind: 'scorer',
      inputs: { past, item: { feed: 'candidate-item' }, price: { feed: 'number', of: 'item', path: 'price.amount' } },
      score: { output: 'score' },
    },
    inputs: [
      { name: 'past', type: 'int64', rank: 2 },
      { name: 'item', type: 'int32', rank: 1 },
      { name: 'price', type: 'float32', rank: 2 },
    ],
    ids,
  };
  const encoder: ForeignDraft = {
    declaration: { kind: 'user-encoder', inputs: { past }, user: { output: 'user' } },
    inputs: [{ name: 'past', type: 'int64', rank: 2 }],
    ids,
    vectors: Float32Array.from({ length: 2 * ids.length }, (_, i) => Math.sin(i)),
  };
  return {
    host: { graphs: summingGraphs() },
    artifacts: {
      [foreignArtifact('scorer', 'mine')]: foreignDraft(scorer),
      [foreignArtifact('user-encoder', 'mine')]: foreignDraft(encoder),
    },
  };
}
