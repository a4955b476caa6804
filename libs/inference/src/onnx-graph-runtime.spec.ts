import {
  dropout,
  encodeModel,
  gather,
  gelu,
  Graph,
  type GraphSession,
  initialState,
  matMul,
  mul,
  normal,
  referenceRuntime,
  softmaxCrossEntropy,
  TrainingRun,
  trainingStep,
} from '@attune/training';
import { onnxGraphRuntime } from './onnx-graph-runtime.js';

/** Numbers that repeat: a lattice is even enough for a start. */
function counter(): () => number {
  let n = 0;
  return () => (++n * 0.618_033_988_75) % 1;
}

/** What follows each of five things: three numbers each, and a layer. */
function world(rate: number) {
  const graph = new Graph({ seed: 1 });
  const { items, layer } = graph.parameters({ items: normal([5, 3], 0.5), layer: normal([3, 3], 0.5) });
  const queries = gelu(matMul(dropout(gather(items, graph.input('x', ['N'], 'int32')), rate), layer));
  const targets = graph.input('y', ['N'], 'int32');
  const loss = softmaxCrossEntropy({ queries, items, targets, weights: graph.input('weight', []) });
  return { start: initialState(graph.start(counter())), step: trainingStep(loss, { clip: 1 }) };
}

const feeds = { x: Int32Array.of(0, 1, 2, 3), y: Int32Array.of(1, 2, 3, 4), weight: Float32Array.of(1 / 4) };
const runtime = onnxGraphRuntime();

describe('onnxGraphRuntime', () => {
  it('trains as the reference does, and to the same bits each time', async () => {
    const { start, step } = world(0);
    const runs = await Promise.all(
      [runtime, runtime, referenceRuntime].map((one) => TrainingRun.open(one, step, start)),
    );
    const losses: number[] = [];
    for (let at = 0; at < 40; at++) {
      const results = [];
      for (const run of runs) results.push(await run.step(feeds, 0.05));
      expect(results[0]).toEqual(results[1]);
      expect(results[0]!.loss).toBeCloseTo(results[2]!.loss, 3);
      losses.push(results[0]!.loss);
    }
    expect(losses[0]).toBeGreaterThan(1);
    expect(losses[39]).toBeLessThan(0.5);
    expect(runs[0]!.state()).toEqual(runs[1]!.state());
    await Promise.all(runs.map((run) => run.close()));
  });

  it('drops the same numbers in the same runs of two sessions, and others in the next run', async () => {
    const { start, step } = world(0.5);
    const sessions = await Promise.all([runtime.open(step), runtime.open(step)]);
    const { parameters, means, squares } = start;
    const all = { ...feeds, parameters, means, squares, steps: Float32Array.of(1), rate: Float32Array.of(0.1) };
    const lossOf = async (session: GraphSession): Promise<number> => (await session.run(all))['loss']![0]!;
    const [first, second] = [await lossOf(sessions[0]!), await lossOf(sessions[0]!)];
    expect(second).not.toBe(first);
    expect([await lossOf(sessions[1]!), await lossOf(sessions[1]!)]).toEqual([first, second]);
    await Promise.all(sessions.map((session) => session.close()));
  });

  describe('of a model with one open dimension', () => {
    let session: GraphSession;
    beforeAll(async () => {
      const graph = new Graph();
      const doubled = mul(graph.input('x', ['N', 2]), 2);
      session = await runtime.open(encodeModel({ doubled, copy: graph.inputs.get('x')! }));
    });
    afterAll(() => session.close());

    it('works a shape out from the length, or takes the one given', async () => {
      const x = Float32Array.of(1, 2, 3, 4);
      expect([...(await session.run({ x }))['doubled']!]).toEqual([2, 4, 6, 8]);
      expect([...(await session.run({ x: { values: x, shape: [2, 2] } }))['doubled']!]).toEqual([2, 4, 6, 8]);
    });

    it('writes outputs where it is told', async () => {
      const doubled = new Float32Array(4);
      const results = await session.run({ x: Float32Array.of(1, 2, 3, 4) }, { doubled });
      expect(results['doubled']).toBe(doubled);
      expect([...doubled]).toEqual([2, 4, 6, 8]);
      expect([...results['copy']!]).toEqual([1, 2, 3, 4]);
    });

    it('gives the outputs that are wanted', async () => {
      const feeds = { x: Float32Array.of(1, 2, 3, 4) };
      expect(await session.run(feeds, ['copy'])).toEqual({ copy: feeds.x });
      expect(Object.keys(await session.run(feeds))).toEqual(['doubled', 'copy']);
      await expect(session.run(feeds, ['copy', 'odds'])).rejects.toThrow('there is no output "odds"');
    });

    it('refuses what is missing or does not fit', async () => {
      await expect(session.run({})).rejects.toThrow('input "x" is missing');
      await expect(session.run({ x: new Float32Array(3) })).rejects.toThrow('3 numbers for "x" [?, 2]');
      const x = { values: new Float32Array(3), shape: [2, 2] };
      await expect(session.run({ x })).rejects.toThrow(/size/i);
    });
  });

  it('rejects bytes that are no model', async () => {
    await expect(runtime.open(Uint8Array.of(1, 2, 3))).rejects.toThrow();
  });
});
