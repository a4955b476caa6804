import type { JudgedCandidates } from '@attune/sdk';
import { chance } from './chance.js';

const REQUESTS = 300;
const SIZE = 20;

/**
 * 300 requests of 20 candidates, of which one is bought: the one that `taste` puts highest, where it abstains on every
 * fifth; `noise` says nothing. Scores are by `taste` the other way round (or the same way).
 */
export function plantedCandidates({ scoresAre }: { readonly scoresAre: 'wrong' | 'right' }): JudgedCandidates {
  const random = chance(11);
  const rows = REQUESTS * SIZE;
  const features = new Float32Array(rows * 2);
  const grades = new Float32Array(rows);
  const scores = new Float64Array(rows);
  for (let g = 0; g < REQUESTS; g++) {
    const scale = 1 + 9 * random();
    const tastes = Array.from({ length: SIZE }, (_, c) => (c % 5 === 4 ? NaN : scale * random()));
    const best = tastes.indexOf(Math.max(...tastes.filter((taste) => !Number.isNaN(taste))));
    tastes.forEach((taste, c) => {
      const row = g * SIZE + c;
      features.set([taste, random()], row * 2);
      scores[row] = (scoresAre === 'right' ? 1 : -1) * (Number.isNaN(taste) ? 0 : taste);
    });
    grades[g * SIZE + best] = 1;
  }
  const groups = Int32Array.from({ length: REQUESTS + 1 }, (_, g) => g * SIZE);
  const owners = Int32Array.from({ length: REQUESTS }, (_, g) => g >> 1);
  return { columns: ['taste', 'noise'], features, grades, groups, owners, scores };
}
