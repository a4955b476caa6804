import type { InstructionTaskFigures, JudgedModel } from '@attune/server';
import { printable } from '../output/printable.js';
import { textTable } from '../output/text-table.js';

const RIGHT = { right: true } as const;
const GOOD = ['cases', 'accuracy', '95 % interval', 'random', 'first', 'NDCG@10', 'random', 'first', 'AUC', 'unusable'];
const COST = ['tokens in', 'tokens out', 'cost', 'p50', 'p95'];

type Told = Pick<JudgedModel, 'model' | 'tasks' | 'lines' | 'failed' | 'notes' | 'stoppedBy'>;

/** How good a model is at each task, beside chance and who takes the first on offer; then what it took. */
export function figureLines(told: Told, width: number): readonly string[] {
  const [good, cost] = tablesOf(told);
  return [
    `${printable(told.model)}: ${answeredOf(told)}`,
    '',
    ...textTable(columnsOf(GOOD), good, width),
    '',
    ...textTable(columnsOf(COST), cost, width),
    ...told.notes.map((note) => printable(note)).flatMap((note) => ['', note]),
  ];
}

/** The same as a page of Markdown. */
export function figurePage(told: Told, command: string): string {
  const [good, cost] = tablesOf(told);
  const lines = [
    `# ${cell(told.model)}`,
    '',
    `${answeredOf(told)}, at temperature 0.`,
    '',
    ...markdown(GOOD, good),
    '',
    ...markdown(COST, cost),
    '',
    'random: what chance gets on average. first: who always says yes, or takes number 1. unusable: share of the answers; they',
    'count as wrong. p50, p95: of the time until an answer, with tries.',
    '',
    ...told.notes.flatMap((note) => [cell(note), '']),
    `Repeated by \`${command.replaceAll('`', "'")}\`.`,
  ];
  return `${lines.join('\n')}\n`;
}

const answeredOf = ({ tasks, lines, failed }: Told): string => {
  const cases = Object.values(tasks).reduce((sum, one) => sum + one.cases, 0);
  return `${cases} of ${lines} lines answered${failed === 0 ? '' : `, ${failed} failed`}`;
};

function tablesOf({ tasks }: Told): readonly [readonly string[][], readonly string[][]] {
  const all = Object.entries(tasks);
  return [all.map(([task, one]) => [task, ...goodCells(one)]), all.map(([task, one]) => [task, ...costCells(one)])];
}

function goodCells({ cases, accuracy, ndcg, auc, unusable, baselines }: InstructionTaskFigures): readonly string[] {
  const { random, first } = baselines;
  return [
    String(cases),
    figure(accuracy.value),
    `${figure(accuracy.low)} to ${figure(accuracy.high)}`,
    figure(random.accuracy),
    figure(first.accuracy),
    ...[ndcg, random.ndcg, first.ndcg, auc].map(figure),
    `${(100 * unusable).toFixed(1)} %`,
  ];
}

const costCells = ({ tokens, cost, latencyMs }: InstructionTaskFigures): readonly string[] => [
  String(tokens.input),
  String(tokens.output),
  cost === undefined ? '-' : cost.toFixed(4),
  `${Math.round(latencyMs.p50)} ms`,
  `${Math.round(latencyMs.p95)} ms`,
];

const columnsOf = (titles: readonly string[]) => [{ title: 'task' }, ...titles.map((title) => ({ title, ...RIGHT }))];

const markdown = (titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [['task', ...titles], ['---', ...titles.map(() => '--:')], ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`);

/** What others named, as text of a page. */
const cell = (text: string): string => printable(text).replace(/[\\|<>*_`[\]#]/g, (sign) => `\\${sign}`);

const figure = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(3));
