import type { Candidates, Need, Slate } from '@attune/sdk';
import { runStep, type StageRun } from '../runtime/run-step.js';
import type { Step } from '../runtime/step.js';
import type { RequestContext } from '../slate/request-context.js';

/** One move of a candidate: from place to place, both from 0. */
interface Move {
  readonly by: string;
  readonly from: number;
  readonly to: number;
}

export interface Reranked {
  /** Places of the slate before, in their new order. */
  readonly order: readonly number[];
  /** Moves of each candidate, by its place before. */
  readonly moves: ReadonlyMap<number, readonly Move[]>;
}

interface RerankInput {
  readonly request: RequestContext;
  readonly candidates: Candidates<Need, string>;
  readonly scores: Float64Array;
}

/** The re-rankers in turn over one request's head; each sees the order the one before left. */
export async function rerank(steps: readonly Step<'reranker'>[], input: RerankInput, run: StageRun): Promise<Reranked> {
  let order: readonly number[] = Array.from({ length: input.candidates.size }, (_, i) => i);
  const moves = new Map<number, Move[]>();
  for (const step of steps) {
    const slate = reordered({ ...input, request: input.request.forStep(step.name) }, order);
    const permutation = await runStep<Uint32Array>(step, run, {
      run: (call) => step.running!.rerank(slate, call),
      broken: (answer) => (isPermutation(answer, order.length) ? undefined : 'an order that is not a permutation'),
      neutral: () => Uint32Array.from(order.keys()),
    });
    const before = order;
    order = Array.from(permutation, (place) => before[place]!);
    permutation.forEach((from, to) => {
      if (from === to) return;
      const candidate = before[from]!;
      moves.set(candidate, [...(moves.get(candidate) ?? []), { by: step.name, from, to }]);
    });
  }
  return { order, moves };
}

/** Whether `order` names each of `0..size-1` once. */
export function isPermutation(order: Uint32Array, size: number): boolean {
  // Not `instanceof`: what another thread sends may be of another realm.
  if (Object.prototype.toString.call(order) !== '[object Uint32Array]' || order.length !== size) return false;
  const met = new Uint8Array(size);
  for (const place of order) {
    if (place >= size || met[place] === 1) return false;
    met[place] = 1;
  }
  return true;
}

/** A slate as the next re-ranker sees it: the same candidates in another order. */
function reordered({ request, candidates, scores }: RerankInput, order: readonly number[]): Slate<Need, string> {
  if (order.every((place, i) => place === i)) return { request, candidates, scores };
  const pick = <T>(column: readonly T[]): T[] => order.map((place) => column[place]!);
  const itemVectors = Object.fromEntries(
    Object.entries(candidates.itemVectors).map(([space, block]) => {
      const { dims, data } = block;
      const moved = new Float32Array(data.length);
      order.forEach((place, i) => moved.set(data.subarray(place * dims, (place + 1) * dims), i * dims));
      return [space, { ...block, data: moved }];
    }),
  );
  const { items, titles } = candidates as Partial<Candidates<'items' | 'titles'>>;
  return {
    request,
    scores: Float64Array.from(order, (place) => scores[place]!),
    candidates: {
      ...candidates,
      ids: pick(candidates.ids),
      sources: Uint32Array.from(order, (place) => candidates.sources[place]!),
      itemVectors,
      rows: (vocabulary) => {
        const rows = candidates.rows(vocabulary);
        return Int32Array.from(order, (place) => rows[place]!);
      },
      ...(items && { items: pick(items) }),
      ...(titles && { titles: pick(titles) }),
    } as Candidates<Need, string>,
  };
}
