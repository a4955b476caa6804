import { performance } from 'node:perf_hooks';
import { gradedNdcg, mrr, recall } from '../metrics/list.metrics.js';
import type { OnProgress } from '../run/progress.js';
import type { CaseValues } from '../run/told-figures.js';
import { allOptions, type Options } from '../search/options.js';
import { SHOWN, type Find, type SearchLearner } from './search.learner.js';
import type { SearchSources } from './search.sources.js';
import type { JudgedQuery } from './search.task.js';

/** What options are chosen by. */
export const CHOSEN_BY = 'ndcg@10';

/** Options of a learner with what they reached, one value a query and metric. */
export interface SearchTrial {
  readonly options: Options;
  readonly values: CaseValues;
}

/** A learner with every try of it. */
export interface JudgedSearch {
  readonly learner: SearchLearner;
  readonly trials: readonly SearchTrial[];
  /** Wall-clock seconds until it could be asked. */
  readonly openSeconds: number;
  readonly cpuSeconds: number;
}

/** Asks every query with the defaults of a learner, then with other options while there is time. */
export async function judgeSearch(
  learner: SearchLearner,
  seconds: number,
  { sources, onProgress }: { readonly sources: SearchSources; readonly onProgress: OnProgress },
): Promise<JudgedSearch> {
  const before = process.cpuUsage();
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  const find = await learner.open(sources);
  const openSeconds = elapsed();
  const all = allOptions(learner.grid);
  const trials: SearchTrial[] = [];
  for (const options of all) {
    if (trials.length > 0 && elapsed() > seconds) break;
    trials.push({ options, values: await valuesOf(find, options, sources.task.queries) });
    onProgress(learner.name, trials.length / all.length);
  }
  onProgress(learner.name, 1);
  const { user, system } = process.cpuUsage(before);
  return { learner, trials, openSeconds, cpuSeconds: (user + system) / 1e6 };
}

async function valuesOf(find: Find, options: Options, queries: readonly JudgedQuery[]): Promise<CaseValues> {
  const values = { [CHOSEN_BY]: [] as number[], 'mrr@10': [] as number[], 'recall@10': [] as number[] };
  for (const [at, { grades }] of queries.entries()) {
    const rows = Array.from(await find(at, options)).slice(0, SHOWN);
    const relevant = new Set([...grades].filter(([, grade]) => grade > 0).map(([row]) => row));
    values[CHOSEN_BY].push(gradedNdcg(rows, grades, SHOWN));
    values['mrr@10'].push(mrr(rows, relevant, SHOWN));
    values['recall@10'].push(recall(rows, relevant, SHOWN));
  }
  return values;
}
