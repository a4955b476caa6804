import { textTable } from '../output/text-table.js';
import { wrapTo } from '../output/text-width.js';
import { sentence } from '../slates/slate.view.js';

/** A mean with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** As much of an evaluation's result as is printed. */
export interface Evaluation {
  readonly surface: string;
  readonly limit: number;
  readonly tasks: Readonly<Record<string, { readonly users: number } & Readonly<Record<string, unknown>>>>;
  readonly note?: string;
}

const TASKS: Readonly<Record<string, string>> = {
  newItems: 'items never bought before',
  wholeBasket: 'everything in the basket',
};
const METRICS = ['hitRate', 'recall', 'ndcg', 'mrr'] as const;

/** Figures a task, each with its interval. */
export function evaluationLines({ surface, limit, tasks, note }: Evaluation, width: number): readonly string[] {
  const columns = [{ title: 'metric' }, { title: 'mean', right: true }, { title: '95 % interval' }];
  const tables = Object.entries(tasks).flatMap(([task, figures]) => {
    const rows = METRICS.map((name) => [`${name}@${limit}`, ...estimateCells(figures[name] as Estimate)]);
    return [
      '',
      `${TASKS[task] ?? task}, ${figures.users} users`,
      ...textTable(columns, rows).map((line) => `  ${line}`),
    ];
  });
  return [
    `${surface}: the last basket of each user, asked as of just before it`,
    ...tables,
    ...(note === undefined ? [] : ['', ...wrapTo(sentence(note), width)]),
  ];
}

const estimateCells = ({ mean, low, high }: Estimate): readonly string[] => [
  mean.toFixed(4),
  `${low.toFixed(4)} to ${high.toFixed(4)}`,
];
