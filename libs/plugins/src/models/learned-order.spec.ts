import type { ArtifactDraft, Columns, RankedColumns } from '@attune/sdk';
import {
  fakeCall,
  fakeHost,
  fakeRun,
  NO_TRAINING_DATA,
  trainOn,
  twoGenres,
  worldBatch,
  worldRequest,
} from '@attune/testkit';
import { lambdaMartRanker, lambdaMartTrainer, weightedRanker } from '../built-in.js';
import { ndcgOf } from '../trainers/judged-order.js';
import { plantedCandidates } from '../testing/planted-candidates.js';
import { withShares } from './learned-order.model.js';

const world = { ...twoGenres(), candidates: plantedCandidates({ scoresAre: 'wrong' }) };
const trainer = { plugin: lambdaMartTrainer, config: { trees: 30, minLeafRows: 20 } };
const learned = trainOn(world, trainer);

const ids = world.items.slice(0, 4).map(({ id }) => id);
const columns: Columns = new Map([
  ['noise', Float32Array.of(0.9, 0.1, 0.5, 0.3)],
  ['taste', Float32Array.of(20, 50, NaN, 10)],
]);
const UNTIL = { taste: 1, noise: -1 };

async function ranked(drafts: Readonly<Record<string, ArtifactDraft>>): Promise<RankedColumns> {
  const host = fakeHost(world, new Map(Object.entries(drafts)));
  const running = await lambdaMartRanker.setup(lambdaMartRanker.config.parse({ until: UNTIL }), host);
  return running.rank(worldBatch(world, [{ request: worldRequest(world), ids }]), columns, fakeCall());
}

it('puts each column beside its largest within the request', () => {
  const features = Float32Array.of(2, NaN, -4, 0, 1, 0, 3, 0);
  const both = withShares(features, 2, [0, 2, 4]);
  expect([...both]).toEqual([2, 0.5, NaN, NaN, -4, -1, 0, 0, 1, Math.fround(1 / 3), 0, 0, 3, 1, 0, 0]);
});

it('is judged by the gain of the best ten', () => {
  const order = { grades: Float32Array.of(0, 1, 0, 1, 0), groups: Int32Array.of(0, 3, 5) };
  // One bought item second of three, the other first of two.
  expect(ndcgOf(order, [3, 2, 1, 5, 4])).toBeCloseTo((1 / Math.log2(3) + 1) / 2, 12);
});

it('learns what people take of what they are shown, and passes its gate where that is better than the weights', async () => {
  const { evaluation, meta, ids: lists } = await learned;
  expect(evaluation!.value).toBeGreaterThan(0.95);
  expect(evaluation!.minimum).toBe(meta['weighted']);
  expect(evaluation!.minimum).toBeLessThan(0.3);
  expect(lists['columns']).toEqual(['taste', 'noise']);
});

it('fails its gate where it does not reach the multiple of the weights that is asked', async () => {
  const right = { ...world, candidates: plantedCandidates({ scoresAre: 'right' }) };
  const { evaluation } = await trainOn(right, { ...trainer, config: { ...trainer.config, gate: 1.5 } });
  expect(evaluation!.minimum).toBeCloseTo(1.5, 12);
  expect(evaluation!.value).toBeLessThan(evaluation!.minimum);
  expect(evaluation!.metric).toMatch(/^NDCG@10 on \d+ requests held out, where the weighted columns have 1\.0000,$/);
});

it('orders by the model, whatever order columns come in, and accounts for the score', async () => {
  const { scores, contributions } = await ranked({ lambdamart: await learned });
  expect(scores.indexOf(Math.max(...scores))).toBe(1);
  expect([...contributions.keys()]).toEqual(['taste', 'noise', 'common']);
  for (let c = 0; c < ids.length; c++)
    expect(scores[c]).toBe([...contributions.values()].reduce((sum, part) => sum + part[c]!, 0));
});

it('weighs columns until there is a model', async () => {
  const running = await weightedRanker.setup(weightedRanker.config.parse(UNTIL), fakeHost(world));
  const batch = worldBatch(world, [{ request: worldRequest(world), ids }]);
  expect(await ranked({})).toEqual(await running.rank(batch, columns, fakeCall()));
});

it.each([
  ['no surface', undefined, 'name it, as in { use: lambdamart, surface: home }'],
  [
    'too little bought',
    { ...world.candidates, grades: new Float32Array(world.candidates.grades.length) },
    '0 requests have something bought among their candidates: 100 are needed',
  ],
])('says what it needs where there is %s', async (_, candidates, message) => {
  const running = await lambdaMartTrainer.setup(lambdaMartTrainer.config.parse({}), fakeHost(world));
  const data = { ...NO_TRAINING_DATA, ...(candidates && { candidates }) };
  await expect(async () => running.fit(data, fakeRun())).rejects.toThrow(message);
});
