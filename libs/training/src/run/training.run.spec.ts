import { Graph } from '../graph/graph.js';
import { zeros } from '../graph/parameters.js';
import { div, log, mul, sub } from '../ops/elementwise.ops.js';
import { reduceMean, reduceSum } from '../ops/reduction.ops.js';
import { referenceRuntime } from '../reference/reference.runtime.js';
import { scattered, seeded } from '../testing/numbers.js';
import { initialState, TrainingRun, type TrainingState } from './training.run.js';
import { trainingStep, type TrainingStepOptions } from './training.step.js';

/** y ≈ w · x, by the mean square. */
function regression(options?: TrainingStepOptions): Uint8Array {
  const graph = new Graph();
  const { w } = graph.parameters({ w: zeros([2]) });
  const predicted = reduceSum(mul(graph.input('x', ['N', 2]), w), { axes: [1] });
  const gap = sub(predicted, graph.input('y', ['N']));
  const count = graph.input('count', []);
  return trainingStep(div(reduceSum(mul(gap, gap)), count), options);
}

const x = scattered(40, 1);
const y = Float32Array.from({ length: 20 }, (_, i) => 3 * x[2 * i]! - 2 * x[2 * i + 1]!);
const feeds = { x, y, count: Float32Array.of(20) };

const open = (state: TrainingState, options?: TrainingStepOptions): Promise<TrainingRun> =>
  TrainingRun.open(referenceRuntime, regression(options), state);

describe('TrainingRun', () => {
  it('takes steps of Adam as worked out by hand', async () => {
    // loss = (w0 - 2)² + (w1 + 1)² by two rows, so the gradient at 0 is (-4, 2).
    const run = await open(initialState(new Float32Array(2)), { beta1: 0.9, beta2: 0.98, epsilon: 0.5 });
    const rows = { x: Float32Array.of(1, 0, 0, 1), y: Float32Array.of(2, -1), count: Float32Array.of(1) };
    const first = await run.step(rows, 0.1);
    expect(first.loss).toBeCloseTo(5, 5);
    expect(first.gradientNorm).toBeCloseTo(Math.sqrt(20), 5);
    // With both corrections the first step is rate × g / (|g| + epsilon).
    const w = [(0.1 * 4) / 4.5, (-0.1 * 2) / 2.5];
    run.parameters.forEach((value, i) => expect(value).toBeCloseTo(w[i]!, 5));
    const { means, squares, steps } = run.state();
    [-0.4, 0.2].forEach((mean, i) => expect(means[i]).toBeCloseTo(mean, 5));
    [0.32, 0.08].forEach((square, i) => expect(squares[i]).toBeCloseTo(square, 5));
    expect(steps).toBe(1);
    await run.step(rows, 0.1);
    const g = 2 * (w[0]! - 2);
    const [mean, square] = [(0.9 * -0.4 + 0.1 * g) / (1 - 0.9 ** 2), (0.98 * 0.32 + 0.02 * g * g) / (1 - 0.98 ** 2)];
    expect(run.parameters[0]).toBeCloseTo(w[0]! - (0.1 * mean) / (Math.sqrt(square) + 0.5), 5);
  });

  it('finds the weights that made the data', async () => {
    const run = await open(initialState(new Float32Array(2)));
    let loss = Infinity;
    for (let step = 0; step < 300; step++) ({ loss } = await run.step(feeds, 0.1 * (1 - step / 300)));
    expect(loss).toBeLessThan(1e-4);
    expect(run.parameters[0]).toBeCloseTo(3, 1);
    expect(run.parameters[1]).toBeCloseTo(-2, 1);
  });

  it('shortens a long gradient and says how long it was', async () => {
    const [free, clipped] = [
      await open(initialState(new Float32Array(2))),
      await open(initialState(new Float32Array(2)), { clip: 0.5 }),
    ];
    const norms = [(await free.step(feeds, 0.1)).gradientNorm, (await clipped.step(feeds, 0.1)).gradientNorm];
    expect(norms[0]).toBeGreaterThan(0.5);
    expect(norms[1]).toBeCloseTo(norms[0]!, 5);
    free.state().means.forEach((mean, i) => expect(clipped.state().means[i]).toBeCloseTo((mean * 0.5) / norms[0]!, 6));
  });

  it('goes on from a state as if it had not stopped', async () => {
    const start = initialState(scattered(2, seeded(3)() * 100));
    const whole = await open(start);
    for (let step = 0; step < 4; step++) await whole.step(feeds, 0.05);
    const first = await open(start);
    for (let step = 0; step < 2; step++) await first.step(feeds, 0.05);
    const half = first.state();
    await first.step(feeds, 0.05);
    const second = await open(half);
    for (let step = 0; step < 2; step++) await second.step(feeds, 0.05);
    expect(second.state()).toEqual(whole.state());
    expect(start).toEqual(initialState(start.parameters));
    await Promise.all([whole.close(), first.close(), second.close()]);
  });

  it('refuses a loss that is no number, and keeps what was there before', async () => {
    const graph = new Graph();
    const { w } = graph.parameters({ w: zeros([1]) });
    const step = trainingStep(reduceMean(log(sub(w, graph.input('limit', [1])))));
    const run = await TrainingRun.open(referenceRuntime, step, initialState(Float32Array.of(1)));
    await run.step({ limit: Float32Array.of(0) }, 0.1);
    const before = run.state();
    const refused = run.step({ limit: Float32Array.of(5) }, 0.1);
    await expect(refused).rejects.toThrow(/diverged: loss NaN, gradient .* at step 2 with rate 0.1; a lower rate/);
    await expect(refused).rejects.toHaveProperty('name', 'DivergedError');
    expect(run.state()).toEqual(before);
  });

  it('takes one step at a time, from a state that is whole', async () => {
    const run = await open(initialState(new Float32Array(2)));
    const first = run.step(feeds, 0.1);
    await expect(run.step(feeds, 0.1)).rejects.toThrow('a step is under way: await it first');
    await first;
    expect(run.steps).toBe(1);
    const torn = { ...initialState(new Float32Array(2)), means: new Float32Array(1) };
    await expect(open(torn)).rejects.toThrow('a state of 2, 1 and 2 numbers');
  });

  it('says which input is missing or does not fit', async () => {
    const run = await open(initialState(new Float32Array(2)));
    await expect(run.step({ x, y }, 0.1)).rejects.toThrow('input "count" is missing');
    await expect(run.step({ ...feeds, x: new Float32Array(3) }, 0.1)).rejects.toThrow('3 numbers for "x" [?, 2]');
  });
});

describe('trainingStep', () => {
  it.each([{ beta1: 1 }, { beta2: -0.1 }, { clip: 0 }, { epsilon: NaN }])('refuses %j', (options) => {
    expect(() => regression(options)).toThrow(Object.keys(options)[0]);
  });
});
