import type { Estimate } from '../evaluation/evaluation.view.js';
import type { Output } from '../output/output.js';
import { textTable } from '../output/text-table.js';

/** What a comparison of two versions of a space found. */
export interface VersionComparison {
  readonly inUse: string;
  readonly version: string;
  readonly surface: string;
  readonly neighbors: { readonly items: number; readonly overlap: Estimate };
  readonly slates: { readonly users: number; readonly overlap: Estimate };
  readonly ndcg: { readonly inUse: Estimate; readonly version: Estimate; readonly difference: Estimate };
}

/** How much stays, and whether slates get better. */
export function comparisonLines(found: VersionComparison, { colors }: Output): readonly string[] {
  const { inUse, version, surface, neighbors, slates, ndcg } = found;
  const columns = [{ title: '' }, { title: 'mean', right: true }, { title: '95 % interval' }, { title: 'over' }];
  const judged = slates.users > 0;
  const users = `${slates.users} users on ${surface}`;
  const rows = [
    ['neighbors@10 that stay', ...cells(neighbors.overlap), `${neighbors.items} items`],
    ...(judged
      ? [
          ['first ten of slates that stay', ...cells(slates.overlap), users],
          [`NDCG@10 with ${inUse}`, ...cells(ndcg.inUse), users],
          [`NDCG@10 with ${version}`, ...cells(ndcg.version), users],
          ['difference', ...cells(ndcg.difference), 'the same users'],
        ]
      : []),
  ];
  return [
    `${colors.bold(version)} beside ${inUse}, which is in use`,
    '',
    ...textTable(columns, rows),
    '',
    judged ? verdict(ndcg.difference) : 'Nobody has bought twice yet: slates cannot be judged.',
  ];
}

/** What the interval of the difference allows to say. */
function verdict({ low, high }: Estimate): string {
  if (low === 0 && high === 0) return 'Slates are as good as before.';
  if (low > 0) return 'Slates get better, beyond chance.';
  return high < 0 ? 'Slates get worse, beyond chance.' : 'Whether slates get better cannot be told from chance.';
}

const cells = ({ mean, low, high }: Estimate): readonly string[] => [
  mean.toFixed(3),
  `${low.toFixed(3)} to ${high.toFixed(3)}`,
];
