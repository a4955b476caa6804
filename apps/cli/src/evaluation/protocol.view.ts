import type { EvaluatedModel, EvaluationResult } from '@attune/evaluation';
import { printable } from '../output/printable.js';
import { textTable } from '../output/text-table.js';

/** A table of models, best on validation first, with the interval of the test figure that matters. */
export function protocolLines(result: EvaluationResult, width: number): readonly string[] {
  const { protocol, models, chosen, chosenBy, notes } = result;
  const metrics = Object.keys(models[0]?.test ?? {});
  const columns = [
    { title: 'model' },
    { title: `validation ${chosenBy}`, right: true },
    ...metrics.map((name) => ({ title: name, right: true })),
    { title: '95 % interval' },
    { title: 'CPU s', right: true },
    { title: 'tried', right: true },
    { title: 'options', gives: true },
  ];
  const rows = [...models]
    .sort((a, b) => (b.validation[chosenBy] ?? 0) - (a.validation[chosenBy] ?? 0))
    .map((model) => rowOf(model, { metrics, chosenBy }));
  return [
    `${protocol}: ${dataLine(result)}`,
    '',
    ...textTable(columns, rows, width),
    '',
    `Chosen on validation: ${chosen}. Figures without "validation" are of the test; the interval is of ${chosenBy}.`,
    ...notes.map((note) => printable(note)),
  ];
}

function dataLine({ protocol, data }: EvaluationResult): string {
  const { users, items, interactions, cases } = data;
  if (protocol === 'search') return `${cases} queries, ${items} items, ${interactions} judgements`;
  return `${users} users, ${items} items, ${interactions} interactions to learn from, ${cases} test cases`;
}

function rowOf(
  { name, validation, test, intervals, options, asking, cpuSeconds, tried, inFull }: EvaluatedModel,
  { metrics, chosenBy }: { readonly metrics: readonly string[]; readonly chosenBy: string },
): readonly string[] {
  const [low, high] = intervals.test[chosenBy] ?? [NaN, NaN];
  return [
    name,
    figure(validation[chosenBy]),
    ...metrics.map((metric) => figure(test[metric])),
    `${figure(low)} to ${figure(high)}`,
    cpuSeconds.toFixed(1),
    inFull < tried ? `${tried} (${inFull} in full)` : String(tried),
    Object.entries({ ...options, ...asking })
      .map(([option, value]) => `${option} ${value}`)
      .join(', '),
  ];
}

const figure = (value = NaN): string => value.toFixed(4);
