import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parameterGradient } from '../graph/gradients.js';
import { dropout } from '../ops/dropout.ops.js';
import { mul } from '../ops/elementwise.ops.js';
import { referenceRuntime } from '../reference/reference.runtime.js';
import { scattered } from '../testing/numbers.js';
import { feeds, lossOf, operations, world } from '../testing/operations.js';
import { encodeModel } from './model.encoder.js';

interface Request {
  readonly model: Uint8Array;
  readonly feeds: Readonly<Record<string, Float32Array | Int32Array>>;
}

function runByOnnxRuntime(requests: readonly Request[]): Record<string, number[]>[] {
  const input = requests.map(({ model, feeds }) => ({
    model: Buffer.from(model).toString('base64'),
    feeds: Object.fromEntries(Object.entries(feeds).map(([name, values]) => [name, [...values]])),
  }));
  const child = join(__dirname, '../testing/run-models.child.cjs');
  const { stdout, stderr, status } = spawnSync(process.execPath, [child], {
    input: JSON.stringify(input),
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return JSON.parse(stdout) as Record<string, number[]>[];
}

const names = Object.keys(operations).filter((name) => !name.startsWith('dropout'));
const requests = names.map((name) => {
  const { graph, ...rest } = world();
  const loss = lossOf(operations[name]!({ graph, ...rest }));
  const model = encodeModel({ loss, gradient: parameterGradient(loss) });
  return { model, feeds: { ...feeds, parameters: scattered(graph.parameterCount, 1, 1.5) } };
});

describe('models in ONNX Runtime', () => {
  it('give the losses and gradients of the reference, for every operation', async () => {
    const results = runByOnnxRuntime(requests);
    for (const [i, request] of requests.entries()) {
      const session = await referenceRuntime.open(request.model);
      const expected = await session.run(request.feeds);
      for (const output of ['loss', 'gradient']) {
        const values = expected[output]!;
        const scale = values.reduce((max, v) => Math.max(max, Math.abs(v)), 1);
        const gap = values.reduce((max, v, k) => Math.max(max, Math.abs(v - results[i]![output]![k]!)), 0) / scale;
        expect([names[i], output, gap < 1e-5 ? 'same' : gap]).toEqual([names[i], output, 'same']);
      }
    }
  });

  it('let gradients through dropout where it let the numbers through', () => {
    const { graph, a } = world();
    const dropped = dropout(a, 0.4);
    const loss = lossOf(mul(dropped, dropped));
    const model = encodeModel({ dropped, gradient: parameterGradient(loss) });
    const parameters = scattered(graph.parameterCount, 1, 1.5);
    const [result] = runByOnnxRuntime([{ model, feeds: { parameters } }]);
    const factors = scattered(24, 7);
    expect(result!['dropped']!.filter((v) => v === 0).length).toBeGreaterThan(0);
    result!['dropped']!.forEach((v, i) => {
      if (v !== 0) expect(v).toBeCloseTo(parameters[i]! / 0.6, 5);
      expect(result!['gradient']![i]!).toBeCloseTo((2 * v * factors[i]!) / 0.6, 4);
    });
  });
});
