import type { Output } from '../output/output.js';
import { printable } from '../output/printable.js';
import { textTable } from '../output/text-table.js';
import { cutTo, wrapTo } from '../output/text-width.js';
import type { Estimate } from './evaluation.view.js';

type BeforeAfter<T> = Readonly<Record<'before' | 'after', T>>;

/** As much of a diff's result as is printed. */
export interface PipelineDifference {
  readonly surface: string;
  readonly requests: number;
  readonly overlap: Estimate;
  readonly hitRate: BeforeAfter<Estimate> & { readonly requests: number; readonly difference: Estimate };
  readonly latencyMs: BeforeAfter<{ readonly p50: number; readonly p99: number }>;
  readonly examples?: readonly BeforeAfter<readonly Titled[]>[];
}

const EXAMPLES = 2;

/** What a scorer changes: how often slates hit, what it costs, how much stays, the slates that changed most. */
export function differenceLines(found: PipelineDifference, title: string, output: Output): readonly string[] {
  const { requests, overlap, hitRate, latencyMs } = found;
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
    `${output.colors.bold(title)}: ${requests} real requests, ${hitRate.requests} of them with a purchase to hit`,
    '',
    ...textTable(columns, rows),
    '',
    ...wrapTo(
      `${percent(overlap.mean)} (${percent(overlap.low)} to ${percent(overlap.high)}) of the first ten items stay.`,
      output.columns,
    ),
    verdict(low, high),
    ...exampleLines(found, output),
  ];
}

/** What the interval of the difference allows to say. */
function verdict(low: number, high: number): string {
  if (low > 0) return 'It hits more, beyond chance.';
  return high < 0 ? 'It hits less, beyond chance.' : 'Whether it hits more cannot be told from chance.';
}

/** Which items the slates that changed most lose and get. */
function exampleLines({ examples = [] }: PipelineDifference, { colors, columns }: Output): readonly string[] {
  const lines = examples.slice(0, EXAMPLES).flatMap(({ before, after }) => {
    const [out, into] = [missing(before, after), missing(after, before)];
    if (out === '' && into === '') return [];
    return ['', colors.red(cutTo(`  − ${out}`, columns)), colors.green(cutTo(`  + ${into}`, columns))];
  });
  return lines.length === 0 ? [] : ['', 'Changed most:', ...lines.slice(1)];
}

type Titled = { readonly id: string; readonly title: string };

const missing = (here: readonly Titled[], there: readonly Titled[]): string =>
  here
    .filter(({ id }) => !there.some((other) => other.id === id))
    .map(({ title }) => printable(title))
    .join(' · ');

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const points = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(100 * value).toFixed(1)}`;
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const signedMs = (value: number): string => `${value < 0 ? '−' : '+'}${ms(Math.abs(value))}`;
