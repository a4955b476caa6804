import { printable } from '../output/printable.js';
import { textTable } from '../output/text-table.js';
import type { Estimate } from './evaluation.view.js';

type BeforeAfter<T> = Readonly<Record<'before' | 'after', T>>;

/** As much of a diff's result as is printed. */
export interface PipelineDifference {
  readonly surface: string;
  readonly requests: number;
  readonly overlap: Estimate;
  readonly hitRate: BeforeAfter<Estimate> & { readonly requests: number; readonly difference: Estimate };
  readonly latencyMs: BeforeAfter<{ readonly p50: number; readonly p99: number }>;
  readonly examples?: readonly BeforeAfter<readonly { readonly id: string; readonly title: string }[]>[];
}

const EXAMPLES = 2;
const TITLES = 5;

/** What a scorer changes: how often slates hit, what it costs, how much stays, the slates that changed most. */
export function differenceLines(found: PipelineDifference, use: string, weight: number): readonly string[] {
  const { surface, requests, overlap, hitRate, latencyMs } = found;
  const { before, after } = latencyMs;
  const { mean, low, high } = hitRate.difference;
  const rows = [
    [
      'hit rate@10',
      percent(hitRate.before.mean),
      percent(hitRate.after.mean),
      `${points(mean)} (${points(low)} to ${points(high)})`,
    ],
    ['latency p50', ms(before.p50), ms(after.p50), signedMs(after.p50 - before.p50)],
    ['latency p99', ms(before.p99), ms(after.p99), signedMs(after.p99 - before.p99)],
  ];
  const columns = [
    { title: '' },
    { title: 'before', right: true },
    { title: 'after', right: true },
    { title: 'difference' },
  ];
  return [
    `${surface} with ${use} at weight ${weight}: ${requests} real requests, ${hitRate.requests} of them with a purchase to hit`,
    '',
    ...textTable(columns, rows),
    '',
    `${percent(overlap.mean)} of the first ten items stay. ${verdict(low, high)}`,
    ...exampleLines(found),
  ];
}

/** What the interval of the difference allows to say. */
function verdict(low: number, high: number): string {
  if (low > 0) return 'It hits more, beyond chance.';
  return high < 0 ? 'It hits less, beyond chance.' : 'Whether it hits more cannot be told from chance.';
}

function exampleLines({ examples = [] }: PipelineDifference): readonly string[] {
  if (examples.length === 0) return [];
  const titles = (items: readonly { readonly title: string }[]): string =>
    items
      .slice(0, TITLES)
      .map(({ title }) => printable(title))
      .join(' · ');
  const lines = examples
    .slice(0, EXAMPLES)
    .flatMap(({ before, after }) => [`  before  ${titles(before)}`, `  after   ${titles(after)}`, '']);
  return ['', 'Changed most:', ...lines.slice(0, -1)];
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const points = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(100 * value).toFixed(1)}`;
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const signedMs = (value: number): string => `${value < 0 ? '−' : '+'}${ms(Math.abs(value))}`;
