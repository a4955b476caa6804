import type { Retrieved } from '@attune/sdk';

/** Candidates of a batch of requests, in the order they were first proposed. Request `r` owns `offsets[r]..offsets[r+1]`. */
export interface CandidatePool {
  readonly offsets: Uint32Array;
  readonly ids: readonly string[];
  /** Bit `i`: proposed by retriever `i`. */
  readonly sources: Uint32Array;
  /** One column a retriever `[size]`: its own score, NaN where it did not propose. */
  readonly scores: readonly Float32Array[];
  /** One column a retriever `[size]`: place in its list from 0, −1 where it did not propose. */
  readonly positions: readonly Int32Array[];
}

/** Unites the proposals: `proposals[retriever][request]`, at most 32 retrievers. */
export function poolOf(proposals: readonly (readonly Retrieved[])[], requests: number): CandidatePool {
  const most = proposals.reduce((sum, lists) => lists.reduce((all, { ids }) => all + ids.length, sum), 0);
  const ids: string[] = [];
  const sources = new Uint32Array(most);
  const scores = proposals.map(() => new Float32Array(most).fill(NaN));
  const positions = proposals.map(() => new Int32Array(most).fill(-1));
  const offsets = new Uint32Array(requests + 1);
  for (let r = 0; r < requests; r++) {
    const known = new Map<string, number>();
    for (let retriever = 0; retriever < proposals.length; retriever++) {
      const list = proposals[retriever]![r]!;
      for (let position = 0; position < list.ids.length; position++) {
        const id = list.ids[position]!;
        let at = known.get(id);
        if (at === undefined) {
          known.set(id, (at = ids.length));
          ids.push(id);
        }
        sources[at] = sources[at]! | (1 << retriever);
        scores[retriever]![at] = list.scores[position]!;
        positions[retriever]![at] = position;
      }
    }
    offsets[r + 1] = ids.length;
  }
  const cut = <T extends { subarray(from: number, to: number): T }>(column: T): T => column.subarray(0, ids.length);
  return { offsets, ids, sources: cut(sources), scores: scores.map(cut), positions: positions.map(cut) };
}

/** The candidates whose byte in `keep` `[size]` is 1. */
export function survivorsOf(pool: CandidatePool, keep: Uint8Array): CandidatePool {
  const kept: number[] = [];
  const offsets = new Uint32Array(pool.offsets.length);
  for (let r = 0; r + 1 < pool.offsets.length; r++) {
    for (let c = pool.offsets[r]!; c < pool.offsets[r + 1]!; c++) if (keep[c] === 1) kept.push(c);
    offsets[r + 1] = kept.length;
  }
  return { offsets, ...pick(pool, kept) };
}

/** Chosen candidates of one request, in the given order, as a pool of their own. */
export function sliceOf(pool: CandidatePool, order: readonly number[]): CandidatePool {
  return { offsets: Uint32Array.of(0, order.length), ...pick(pool, order) };
}

function pick(pool: CandidatePool, at: readonly number[]): Omit<CandidatePool, 'offsets'> {
  return {
    ids: at.map((c) => pool.ids[c]!),
    sources: taken(pool.sources, new Uint32Array(at.length), at),
    scores: pool.scores.map((column) => taken(column, new Float32Array(at.length), at)),
    positions: pool.positions.map((column) => taken(column, new Int32Array(at.length), at)),
  };
}

function taken<T extends Uint32Array | Int32Array | Float32Array>(column: T, into: T, at: readonly number[]): T {
  for (let i = 0; i < at.length; i++) into[i] = column[at[i]!]!;
  return into;
}
