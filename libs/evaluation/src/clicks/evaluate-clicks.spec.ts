import type { ClickCases } from '@attune/algorithms';
import { DivergedError, referenceRuntime } from '@attune/training';
import { reportHtml } from '../report/html.report.js';
import { reportOf } from '../report/report-of.js';
import { evaluate } from '../run/evaluate.js';
import type { EvaluationRequest, EvaluationResult } from '../run/evaluation.request.js';
import { defaultsOf } from '../search/options.js';
import { plantedClicks } from '../testing/planted-clicks.js';
import { TempFolder } from '../testing/temp-folder.js';
import { uniform } from '../metrics/bootstrap.js';
import { auc } from '../metrics/click.metrics.js';
import { CLICK_LEARNERS } from './click.learners.js';
import { openClicks } from './click.task.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const world = plantedClicks(400);
const run = (request: Partial<EvaluationRequest> = {}): Promise<EvaluationResult> =>
  evaluate(
    {
      protocol: 'clicks',
      inputs: [folder.write('clicks', world)],
      models: ['rate', 'logistic-regression', 'fm'],
      budgetMinutes: 1e-6,
      seed: 1,
      ...request,
    },
    { runtime: referenceRuntime, onProgress: () => undefined },
  );

describe('a run', () => {
  let found: EvaluationResult;
  beforeAll(async () => {
    found = await run();
  });
  const figure = (name: string, metric: string): number =>
    found.models.find((model) => model.name === name)!.test[metric]!;

  it('chooses on validation, by AUC', () => {
    const best = Math.max(...found.models.map(({ validation }) => validation['auc']!));
    expect(found.models.find(({ name }) => name === found.chosen)!.validation['auc']).toBe(best);
    expect([found.chosen, found.chosenBy]).toEqual(['fm', 'auc']);
    expect(found.data).toEqual({ users: 8, items: 6, interactions: 400, cases: 80 });
  });

  it('tells products of two fields from sums, and either from a mean', () => {
    expect(figure('rate', 'auc')).toBe(0.5);
    expect(figure('fm', 'auc')).toBeGreaterThan(0.8);
    expect(figure('logistic-regression', 'auc')).toBeLessThan(0.65);
    expect(figure('fm', 'logLoss')).toBeLessThan(figure('rate', 'logLoss'));
    expect(figure('rate', 'calibration')).toBeLessThan(0.1);
  });

  it('tells intervals of all figures, and differences on the same cases', () => {
    for (const { test, validation, intervals } of found.models) {
      expect(Object.keys(test)).toEqual(['auc', 'logLoss', 'calibration']);
      expect(Object.keys(intervals.validation)).toEqual(Object.keys(validation));
      const [low, high] = intervals.test['auc']!;
      expect(low <= test['auc']! && test['auc']! <= high).toBe(true);
    }
    const [byAuc] = found.comparisons.filter(({ model }) => model === 'logistic-regression');
    expect(byAuc!.metric).toBe('auc');
    expect(byAuc!.difference.mean).toBeCloseTo(figure('fm', 'auc') - figure('logistic-regression', 'auc'), 12);
    expect([byAuc!.difference.low > 0, byAuc!.p < 0.05]).toEqual([true, true]);
    expect(found.comparisons.map(({ metric }) => metric)).toEqual(['auc', 'auc', 'logLoss', 'logLoss']);
  });

  it('makes a report', () => {
    const frame = { createdAt: '2026-01-01', command: 'attune evaluate', machine: 'here', inputs: ['clicks.csv'] };
    const page = reportHtml(reportOf(found, frame));
    for (const text of ['logLoss (lower is better)', 'calibration (lower is better)', 'stopAfter', 'fm − rate'])
      expect(page).toContain(text);
  });

  it('is the same again', async () => {
    const { models } = await run({ models: ['fm'] });
    expect(models[0]!.test).toEqual(found.models[2]!.test);
  });
});

describe('a learner that gives no numbers', () => {
  const learner = CLICK_LEARNERS.find(({ name }) => name === 'logistic-regression')!;
  const models = ['rate', learner.name];
  afterEach(() => jest.restoreAllMocks());
  /** NaN for the test, or for both parts. */
  const broken = (part: 'test' | 'both'): void => {
    jest.spyOn(learner, 'fit').mockImplementation(() => {
      const probabilities = ({ count }: ClickCases): Promise<Float32Array> =>
        Promise.resolve(new Float32Array(count).fill(part === 'both' || count === 80 ? NaN : 0.5));
      return Promise.resolve({ probabilities });
    });
  };

  it.each(['test', 'both'] as const)('is left out with a note: %s', async (part) => {
    broken(part);
    const found = await run({ models });
    expect(found.models.map(({ name }) => name)).toEqual(['rate']);
    expect(found.notes).toEqual(['logistic-regression is left out: its probabilities are not finite']);
  });

  it('is left out where its training diverges', async () => {
    jest.spyOn(learner, 'fit').mockRejectedValue(new DivergedError('the loss of step 3 is NaN'));
    expect((await run({ models })).notes).toEqual(['logistic-regression is left out: the loss of step 3 is NaN']);
    jest.spyOn(learner, 'fit').mockRejectedValue(new TypeError('a bug'));
    await expect(run({ models })).rejects.toThrow('a bug');
  });
});

it('refuses predictions, and models it does not know', async () => {
  await expect(run({ predictions: folder.at('p.tsv') })).rejects.toMatchObject({ code: 'REQUEST' });
  await expect(run({ models: ['blend'] })).rejects.toMatchObject({
    code: 'REQUEST',
    fix: 'Known models: rate, logistic-regression, fm, bayesian-fm, deepfm.',
  });
});

describe.each(CLICK_LEARNERS)('$name', (learner) => {
  const options = { ...defaultsOf(learner.grid), ...(learner.name === 'deepfm' ? { width: 8, dims: 2 } : {}) };
  const context = () => ({ random: uniform(3), watch: {}, runtime: referenceRuntime });

  it('makes what it found again, from the options that it tells', async () => {
    const { learned: data, validation: cases } = await openClicks([folder.write('clicks', world)]);
    const figures: number[] = [];
    const judge = (probabilities: Float32Array): number => figures[figures.push(auc(probabilities, cases.labels)) - 1]!;
    const found = await learner.fit(data, options, { ...context(), held: { cases, judge } });
    const told = await found.probabilities(cases);
    for (const p of told) expect(p > 0 && p < 1).toBe(true);
    // A mean of machines is judged by its first.
    if (figures.length > 0 && learner.name !== 'fm') expect(auc(told, cases.labels)).toBe(Math.max(...figures));
    const again = await learner.fit(data, found.learned ?? options, { ...context(), held: undefined });
    expect(await again.probabilities(cases)).toEqual(told);
  });
});
