import { defineRanker } from '@attune/sdk';
import { CHECKS } from '../contract/check-names.js';
import { prove } from './prove.js';

type Bug =
  | 'forgets a contribution'
  | 'sums in single precision'
  | 'NaN of an abstention is left'
  | 'scales over the whole batch'
  | 'divides by an all-zero column'
  | 'contributions by column length'
  | 'fills abstentions in place'
  | 'weight has the wrong sign'
  | 'crashes on an empty batch'
  | 'reads the clock of the candidates';

/** Weighted sum; each column is divided by its largest absolute value within the request. */
function scaledSum(bug?: Bug) {
  return defineRanker({
    id: 'scaled-sum',
    version: '1.0.0',
    needs: bug === 'reads the clock of the candidates' ? [] : ['context'],
    setup: () => ({
      reads: ['taste', 'sales'],
      rank(batch, columns) {
        const { requests, offsets, candidates } = batch;
        if (bug === 'crashes on an empty batch') void requests[0]!.id;
        void requests[0]?.context;
        const scores = new Float64Array(candidates.size);
        const contributions = new Map<string, Float64Array>();
        for (const [name, column] of columns) {
          if (bug === 'fills abstentions in place')
            column.forEach((value, c) => Number.isNaN(value) && (column[c] = 0));
          const extra = bug === 'contributions by column length' ? 1 : 0;
          const contribution = new Float64Array(candidates.size + extra);
          const sign = bug === 'weight has the wrong sign' && name === 'sales' ? -1 : 1;
          for (let r = 0; r < requests.length; r++) {
            const [start, end] =
              bug === 'scales over the whole batch' ? [0, candidates.size] : [offsets[r]!, offsets[r + 1]!];
            let largest = 0;
            for (let c = start; c < end; c++) largest = Math.max(largest, Math.abs(column[c]!) || 0);
            for (let c = offsets[r]!; c < offsets[r + 1]!; c++) {
              const spoken = bug === 'NaN of an abstention is left' || !Number.isNaN(column[c]!);
              const scale = largest > 0 || bug === 'divides by an all-zero column' ? largest : 1;
              const part = spoken
                ? (sign * column[c]!) / scale
                : bug === 'divides by an all-zero column'
                  ? 0 / scale
                  : 0;
              contribution[c] = part;
              scores[c] = bug === 'sums in single precision' ? Math.fround(scores[c]! + part) : scores[c]! + part;
            }
          }
          if (bug !== 'forgets a contribution' || contributions.size === 0) contributions.set(name, contribution);
        }
        return { scores, contributions };
      },
    }),
  });
}

const { all, ranker } = CHECKS;

prove(
  scaledSum,
  [
    { bug: 'forgets a contribution', caughtBy: ranker.sums },
    { bug: 'sums in single precision', caughtBy: ranker.sums },
    { bug: 'NaN of an abstention is left', caughtBy: ranker.finite, also: [ranker.abstained] },
    { bug: 'scales over the whole batch', caughtBy: ranker.alone },
    { bug: 'divides by an all-zero column', caughtBy: ranker.abstained, also: [ranker.finite] },
    { bug: 'contributions by column length', caughtBy: ranker.aligned },
    { bug: 'fills abstentions in place', caughtBy: all.inputs },
    { bug: 'weight has the wrong sign', caughtBy: ranker.monotone },
    { bug: 'crashes on an empty batch', caughtBy: ranker.empty },
    { bug: 'reads the clock of the candidates', caughtBy: all.declared },
  ],
  { monotone: ['taste', 'sales'] },
);
