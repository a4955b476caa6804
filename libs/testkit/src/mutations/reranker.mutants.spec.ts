import { defineReranker } from '@attune/sdk';
import { CHECKS } from '../contract/check-names.js';
import { forever, prove, unseeded } from './prove.js';

type Bug =
  | 'repeats the first'
  | 'omits what it does not know'
  | 'invents a position'
  | 'answers nothing when late'
  | 'sorts the ids in place'
  | 'rewrites the scores'
  | 'unseeded shuffle'
  | 'half a candidate deep'
  | 'waits for a model that never answers'
  | 'crashes on an empty slate';

/** Cheap items first, in blocks of ten; what has no price keeps its place at the end of its block. */
function cheapBlocks(bug?: Bug) {
  const chance = unseeded();
  return defineReranker({
    id: 'cheap-blocks',
    version: '1.0.0',
    needs: ['items'],
    setup: () => ({
      depth: bug === 'half a candidate deep' ? 40.5 : 40,
      async rerank({ request, candidates, scores }, call) {
        if (bug === 'waits for a model that never answers' && call.deadline.signal.aborted) await forever();
        await Promise.resolve();
        const { size, items } = candidates;
        if (bug === 'answers nothing when late' && call.deadline.remainingMs() === 0) return new Uint32Array(0);
        if (bug === 'crashes on an empty slate') void items[0]!.id;
        if (bug === 'sorts the ids in place') (candidates.ids as string[]).sort().reverse();
        if (bug === 'rewrites the scores') scores.fill(1);
        const shuffled = Float64Array.from(items, () => (bug === 'unseeded shuffle' ? chance() : request.random()));
        const price = (c: number) => Math.floor((items[c]!.price?.amount ?? Infinity) / 20);
        const order = Array.from({ length: size }, (_, c) => c).sort((a, b) => {
          const block = Math.floor(a / 10) - Math.floor(b / 10);
          return block || (price(a) === price(b) ? shuffled[a]! - shuffled[b]! : price(a) - price(b));
        });
        if (bug === 'repeats the first' && size > 1) order[size - 1] = order[0]!;
        if (bug === 'invents a position' && size > 1) order[1] = size;
        const known =
          bug === 'omits what it does not know' ? order.filter((c) => items[c]!.price !== undefined) : order;
        return Uint32Array.from(known);
      },
    }),
  });
}

const { all, reranker } = CHECKS;
const permutations = [reranker.late];

prove(cheapBlocks, [
  { bug: 'repeats the first', caughtBy: reranker.permutation, also: permutations },
  { bug: 'omits what it does not know', caughtBy: reranker.permutation, also: permutations },
  { bug: 'invents a position', caughtBy: reranker.permutation, also: permutations },
  { bug: 'answers nothing when late', caughtBy: reranker.late },
  { bug: 'sorts the ids in place', caughtBy: all.inputs },
  { bug: 'rewrites the scores', caughtBy: all.inputs },
  { bug: 'unseeded shuffle', caughtBy: all.repeatable, also: [all.warm, all.tenant] },
  { bug: 'half a candidate deep', caughtBy: reranker.depth },
  { bug: 'waits for a model that never answers', caughtBy: all.abort },
  { bug: 'crashes on an empty slate', caughtBy: reranker.permutation, also: 'crash' },
]);
