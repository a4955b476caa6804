import type { SlateAnswer, SlateItem } from '@attune/sdk';
import { bar } from '../output/bar.js';
import type { Output } from '../output/output.js';
import { printable } from '../output/printable.js';
import { textTable } from '../output/text-table.js';
import { cutTo, padTo, widthOf } from '../output/text-width.js';
import { funnelLines } from './funnel.view.js';

const [LEAST_BAR, LONGEST_BAR] = [4, 24];

/** A slate as lines: a table, or with `explained` every score taken apart and the funnel of candidates. */
export function slateLines(slate: SlateAnswer, whom: string, output: Output, explained: boolean): readonly string[] {
  const { colors } = output;
  const count = `${slate.items.length} ${slate.items.length === 1 ? 'item' : 'items'}`;
  const title = `${colors.bold(`${slate.surface} for ${printable(whom)}`)}: ${count}, ${slate.tookMs.toFixed(1)} ms`;
  const body = explained ? explainedItems(slate.items, output) : itemTable(slate.items, output);
  return [
    title,
    '',
    ...(slate.items.length === 0 ? ['Nothing to show. Ask why with: attune doctor'] : body),
    ...(explained ? funnelLines(slate, output) : []),
    ...degradedLines(slate, output),
    '',
    colors.dim(`slate ${slate.slateId}, pipeline ${slate.pipeline.digest.slice(0, 12)}`),
  ];
}

const itemTable = (items: readonly SlateItem[], { columns }: Output): readonly string[] =>
  textTable(
    [
      { title: '#', right: true },
      { title: 'item', gives: true },
      { title: 'id', gives: true },
      { title: 'price', right: true },
      { title: 'score', right: true },
    ],
    items.map((shown) => [
      String(shown.rank),
      titleOf(shown),
      printable(shown.id),
      priceOf(shown),
      shown.score.toFixed(3),
    ]),
    columns,
  );

/** Each item with a bar a contribution, longest = the largest of the slate, and its reason as a sentence. */
function explainedItems(items: readonly SlateItem[], output: Output): readonly string[] {
  const all = items.flatMap(({ contributions = {} }) => Object.entries(contributions));
  const largest = Math.max(...all.map(([, value]) => Math.abs(value)), Number.MIN_VALUE);
  const names = Math.max(0, ...all.map(([name]) => name.length));
  const length = Math.max(
    LEAST_BAR,
    Math.min(LONGEST_BAR, output.columns - names - '      '.length - ' +0.000'.length),
  );
  return items.flatMap((shown, i) => [
    ...(i === 0 ? [] : ['']),
    headOf(shown, output),
    ...Object.entries(shown.contributions ?? {})
      .filter(([, value]) => value !== 0)
      .map(([name, value]) => `    ${padTo(name, names)}  ${barOf(value / largest, length, output)} ${signed(value)}`),
    ...(shown.reason === undefined ? [] : [`    ${output.colors.dim(sentence(shown.reason.text))}`]),
  ]);
}

function headOf(shown: SlateItem, { colors, columns }: Output): string {
  const [place, id, score] = [String(shown.rank).padStart(3), `(${printable(shown.id)})`, shown.score.toFixed(3)];
  const title = cutTo(titleOf(shown), Math.max(20, columns - widthOf(`${place}  ${id}  ${score}`)));
  return `${place} ${colors.bold(title)} ${colors.dim(id)}  ${score}`;
}

function barOf(share: number, length: number, { colors }: Output): string {
  const drawn = padTo(bar(share, length), length);
  return share < 0 ? colors.red(drawn) : colors.green(drawn);
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;

/** A reason as a sentence: with a capital letter and a full stop. */
export function sentence(text: string): string {
  const clean = printable(text);
  return `${clean.slice(0, 1).toUpperCase()}${clean.slice(1)}${/[.!?。]$/.test(clean) ? '' : '.'}`;
}

const titleOf = ({ id, item }: SlateItem): string => printable(item?.title ?? id);

const priceOf = ({ item }: SlateItem): string =>
  item?.price === undefined ? '' : `${item.price.amount.toFixed(2)} ${item.price.currency}`;

const degradedLines = ({ degraded }: SlateAnswer, { colors }: Output): readonly string[] =>
  degraded.length === 0
    ? []
    : [
        '',
        ...degraded.map(({ plugin, code, detail }) =>
          colors.yellow(`left out: ${plugin} (${code})${detail === undefined ? '' : `, ${printable(detail)}`}`),
        ),
      ];
