import { barPlot, scaleEnd, type Bar } from './bars.plot.js';
import {
  bestFirst,
  isError,
  mainMetric,
  metricNames,
  type Estimates,
  type EvaluationReport,
  type ReportModel,
} from './evaluation.report.js';
import { bounds, count, estimateCell, figure, probability, seconds } from './figures.js';
import { markup, type Markup } from './markup.js';
import { scatterPlot } from './scatter.plot.js';
import { tableOf } from './table.js';

const NONE = { mean: NaN, low: NaN, high: NaN };

/** Every metric on the test, a panel each, and as a table. */
export function testSection(report: EvaluationReport): Markup {
  const models = bestFirst(report);
  const panels = metricNames(models.map(({ test }) => test)).map((metric) => {
    const bars = barsOf(report, models, ({ test }) => test[metric]);
    return panel(direction(metric), bars, scaleEnd(bars));
  });
  return section(
    'Test',
    markup`<p class="soft">Means over users with 95 % bootstrap intervals. Models are in the order of validation.</p>
<div class="panels">
${panels}</div>
${estimateTable('Test', report, ({ test }) => test)}`,
  );
}

/** The figures that the choice was made by. */
export const validationSection = (report: EvaluationReport): Markup =>
  section(
    'Validation',
    estimateTable('Validation', report, ({ validation }) => validation),
  );

/** Paired differences. */
export function comparisonSection({ comparisons }: EvaluationReport): Markup {
  if (comparisons.length === 0) return markup``;
  return section(
    'Differences',
    tableOf({
      caption: 'Between two models on the same users',
      cells: 'figures',
      columns: ['Difference', 'Metric', 'Mean', '95 % interval', 'p'],
      rows: comparisons.map(({ a, b, metric, difference, p }) => [
        `${b} − ${a}`,
        metric,
        figure(difference.mean),
        bounds(difference),
        probability(p),
      ]),
    }),
  );
}

/** The main metric against what it costs. */
export function costSection(report: EvaluationReport): Markup {
  const metric = mainMetric(report);
  if (metric === undefined) return markup``;
  const models = bestFirst(report);
  const points = models.map(({ name, test, cpuSeconds }) => ({
    name,
    cpuSeconds,
    estimate: test[metric] ?? NONE,
    chosen: name === report.chosen,
  }));
  return section(
    'Accuracy and cost',
    markup`${scatterPlot(metric, points)}
${tableOf({
  caption: 'Cost',
  cells: 'figures',
  columns: ['Model', metric, 'CPU seconds, search included', 'Seconds of one fit'],
  rows: models.map((model) => [
    nameOf(model, report),
    estimateCell(model.test[metric]),
    seconds(model.cpuSeconds),
    seconds(model.fitSeconds),
  ]),
})}`,
  );
}

/** The main metric on each slice, panels of one scale, and as a table. */
export function sliceSection(report: EvaluationReport): Markup {
  const metric = mainMetric(report);
  const models = bestFirst(report);
  const slices = new Map(models.flatMap(({ slices: all }) => all.map(({ name, users }) => [name, users] as const)));
  if (metric === undefined || slices.size === 0) return markup``;
  const find = (model: ReportModel, slice: string): Estimates =>
    model.slices.find(({ name }) => name === slice)?.metrics ?? {};
  const drawn = [...slices].map(([name, users]) => ({
    title: `${name}, ${count(users)} users`,
    bars: barsOf(report, models, (model) => find(model, name)[metric]),
  }));
  const high = scaleEnd(drawn.flatMap(({ bars }) => bars));
  return section(
    `Slices: ${direction(metric)}`,
    markup`<div class="panels">
${drawn.map(({ title, bars }) => panel(title, bars, high))}</div>
${tableOf({
  caption: `${metric} by slice`,
  cells: 'figures',
  columns: ['Model', ...[...slices].map(([name, users]) => `${name} (${count(users)})`)],
  rows: models.map((model) => [
    nameOf(model, report),
    ...[...slices.keys()].map((name) => estimateCell(find(model, name)[metric])),
  ]),
})}`,
  );
}

/** What each model was fitted with. */
export const optionSection = (report: EvaluationReport): Markup =>
  section(
    'Options',
    tableOf({
      caption: 'Options that validation chose',
      cells: 'text',
      columns: ['Model', 'Options'],
      rows: bestFirst(report).map((model) => [nameOf(model, report), optionText(model)]),
    }),
  );

const section = (title: string, content: Markup): Markup => markup`<section>
<h2>${title}</h2>
${content}
</section>
`;

const panel = (title: string, bars: readonly Bar[], high: number): Markup => markup`<div class="panel">
<h3>${title}</h3>
${barPlot({ title, bars, high })}
</div>
`;

const direction = (metric: string): string => (isError(metric) ? `${metric} (lower is better)` : metric);

const barsOf = (
  { chosen }: EvaluationReport,
  models: readonly ReportModel[],
  estimateOf: (model: ReportModel) => Estimates[string] | undefined,
): readonly Bar[] =>
  models.map((model) => ({ name: model.name, estimate: estimateOf(model) ?? NONE, chosen: model.name === chosen }));

function estimateTable(caption: string, report: EvaluationReport, of: (model: ReportModel) => Estimates): Markup {
  const models = bestFirst(report);
  const names = metricNames(models.map(of));
  return tableOf({
    caption,
    cells: 'figures',
    columns: ['Model', ...names],
    rows: models.map((model) => [nameOf(model, report), ...names.map((name) => estimateCell(of(model)[name]))]),
  });
}

const nameOf = ({ name }: ReportModel, { chosen }: EvaluationReport): Markup =>
  name === chosen ? markup`${name} <span class="badge">chosen</span>` : markup`${name}`;

const optionText = ({ options }: ReportModel): string =>
  Object.entries(options)
    .map(([name, value]) => `${name} ${JSON.stringify(value) ?? String(value)}`)
    .join(', ') || 'defaults';
