import { Graph } from '../graph/graph.js';
import { zeros } from '../graph/parameters.js';
import { add, exp, mul } from '../ops/elementwise.ops.js';
import { matMul } from '../ops/linear.ops.js';
import { decodeModel } from '../reference/model.decoder.js';
import { readMessage } from '../reference/protobuf.reader.js';
import { referenceRuntime } from '../reference/reference.runtime.js';
import { encodeModel } from './model.encoder.js';
import { MessageWriter } from './protobuf.writer.js';

describe('MessageWriter', () => {
  it('writes the bytes that the format asks for', () => {
    const inner = new MessageWriter().integer(1, 300);
    const bytes = new MessageWriter().integer(16, 1).text(2, 'aé').float(3, 1).message(4, inner).finish();
    expect(Buffer.from(bytes).toString('hex')).toBe('80010112' + '0361c3a9' + '1d0000803f' + '220308ac02');
  });

  it.each([-1, 0.5, NaN, 2 ** 53])('refuses the integer %d', (value) => {
    expect(() => new MessageWriter().integer(1, value)).toThrow(`${value} is no whole number from 0`);
  });
});

describe('readMessage', () => {
  it('reads large numbers, and refuses bytes that end too early', () => {
    const bytes = new MessageWriter()
      .integer(1, 2 ** 40 + 5)
      .text(2, 'text')
      .finish();
    expect(readMessage(bytes).get(1)).toEqual([2 ** 40 + 5]);
    expect(() => readMessage(bytes.subarray(0, -1))).toThrow(RangeError);
    expect(() => readMessage(Uint8Array.of(9, 0))).toThrow('no field of wire type 1');
  });

  it('refuses tags of more than 32 bits, whose lower bits another parser may take for a field', () => {
    // 2^32 + 8: field 1 where the upper bits are forgotten.
    const bytes = Uint8Array.of(0x88, 0x80, 0x80, 0x80, 0x10, 7);
    expect(() => readMessage(bytes)).toThrow('a tag before byte 5 has more than 32 bits');
    // 2^32 - 8 is the largest number of a field there may be, and a whole number.
    expect([...readMessage(Uint8Array.of(0xf8, 0xff, 0xff, 0xff, 0x0f, 7))]).toEqual([[2 ** 29 - 1, [7]]]);
  });
});

describe('encodeModel', () => {
  const graph = new Graph();
  const { weights } = graph.parameters({ weights: zeros([2, 3]) });
  const x = graph.input('x', ['N', 2]);
  const unused = graph.input('unused', [1]);
  const scores = matMul(x, weights, { scale: 0.5 });
  const other = exp(add(mul(unused, 3), 1));

  it('writes what the outputs need, and nothing else', () => {
    const model = decodeModel(encodeModel({ scores }));
    expect(model.nodes.map(({ op }) => op)).toEqual(['Split', 'Reshape', 'FusedMatMul', 'Identity']);
    expect(model.inputs).toEqual(
      new Map<string, (number | undefined)[]>([
        ['x', [undefined, 2]],
        ['parameters', [6]],
      ]),
    );
    expect(model.outputs).toEqual(['scores']);
    expect(Object.fromEntries(model.nodes[2]!.attributes)).toEqual({ transA: 0, transB: 0, alpha: 0.5 });
    const without = decodeModel(encodeModel({ other }));
    expect([...without.inputs.keys()]).toEqual(['unused']);
    expect([...without.constants.values()].map(({ data }) => [...data])).toEqual([[3], [1]]);
  });

  it('gives models that run, by any name and more than once', async () => {
    const session = await referenceRuntime.open(encodeModel({ a: scores, b: scores }));
    const parameters = Float32Array.of(1, 2, 3, 4, 5, 6);
    const into = { b: new Float32Array(3) };
    const results = await session.run({ parameters, x: Float32Array.of(2, 4) }, into);
    expect([...results['a']!]).toEqual([9, 12, 15]);
    expect(results['b']).toBe(into.b);
    expect(into.b).toEqual(results['a']);
  });

  it('gives the outputs that are wanted', async () => {
    const session = await referenceRuntime.open(encodeModel({ scores, other }));
    const parameters = Float32Array.of(1, 2, 3, 4, 5, 6);
    const feeds = { parameters, x: Float32Array.of(2, 4), unused: Float32Array.of(7) };
    const { scores: all, ...others } = await session.run(feeds);
    expect(Object.keys(others)).toEqual(['other']);
    expect(await session.run(feeds, ['scores'])).toEqual({ scores: all });
    await expect(session.run(feeds, ['scores', 'odds'])).rejects.toThrow(
      'there is no output "odds": there is "scores", "other"',
    );
    await expect(session.run(feeds, [])).rejects.toThrow('no output is wanted');
  });

  it('refuses no outputs, and outputs of two graphs', () => {
    expect(() => encodeModel({})).toThrow('a model has at least one output');
    expect(() => encodeModel({ scores, far: new Graph().scalar(1) })).toThrow('"far" belongs to another graph');
  });
});
