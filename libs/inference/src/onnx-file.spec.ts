import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onnxGraphRuntime } from './onnx-graph-runtime.js';
import { readOnnxFile } from './onnx-file.js';

const EXAMPLES = join(__dirname, '../../../docs/guides/examples/models');
const bytesOf = (file: string): Uint8Array => readFileSync(join(EXAMPLES, file));

interface Recorded {
  readonly inputs: Readonly<Record<string, readonly number[] | readonly (readonly number[])[]>>;
  readonly outputs: Readonly<Record<string, readonly number[] | readonly (readonly number[])[]>>;
}
const recorded = (file: string): readonly Recorded[] => JSON.parse(bytesOf(file).toString()) as readonly Recorded[];

/** A length-delimited field of a message. */
const field = (number: number, bytes: Uint8Array | string): Buffer => {
  const content = Buffer.from(bytes);
  expect(content.length).toBeLessThan(128);
  const tag = (number << 3) | 2;
  const written = tag < 128 ? [tag] : [(tag & 127) | 128, tag >> 7];
  return Buffer.concat([Buffer.from([...written, content.length]), content]);
};
const floats = field(2, field(1, Buffer.from([8, 1])));
const output = field(12, Buffer.concat([field(1, 'y'), floats]));
const modelOf = (...parts: readonly Buffer[]): Buffer => field(7, Buffer.concat([...parts, output]));

describe('readOnnxFile', () => {
  it('reads what PyTorch exported', () => {
    const open = (name: string, type: string, ...more: readonly number[]) => ({
      name,
      type,
      shape: [undefined, ...more],
    });
    expect(readOnnxFile(bytesOf('click-scorer.onnx'))).toEqual({
      inputs: [
        open('history', 'int64', 10),
        open('item', 'int64'),
        open('country', 'int64'),
        open('price', 'float32'),
        open('weekday', 'float32'),
      ],
      outputs: [open('click', 'float32')],
      hasExternalData: false,
    });
  });

  it('reads what TensorFlow exported, with its loops', () => {
    const { inputs, outputs, hasExternalData } = readOnnxFile(bytesOf('gru-encoder.onnx'));
    expect(inputs).toEqual([{ name: 'history', type: 'int32', shape: [undefined, 12] }]);
    expect(outputs).toEqual([{ name: 'user_vector', type: 'float32', shape: [undefined, 16] }]);
    expect(hasExternalData).toBe(false);
  });

  it('sees numbers that lie in other files, wherever a tensor may be', () => {
    const elsewhere = field(13, Buffer.concat([field(1, 'location'), field(2, '/etc/passwd')]));
    const said = Buffer.from([(14 << 3) | 0, 1]);
    const inGraph = (graph: Buffer): Buffer => field(1, field(5, field(6, graph)));
    const placed = {
      constant: field(5, elsewhere),
      saidOnly: field(5, said),
      saidBesides: field(5, Buffer.concat([Buffer.from([(14 << 3) | 0, 0]), said])),
      sparse: field(15, field(1, elsewhere)),
      attribute: field(1, field(5, field(5, elsewhere))),
      inner: inGraph(field(5, elsewhere)),
    };
    const inFunction = Buffer.concat([modelOf(), field(25, field(11, field(5, elsewhere)))]);
    expect(readOnnxFile(inFunction).hasExternalData).toBe(true);
    for (const [name, part] of Object.entries(placed))
      expect([name, readOnnxFile(modelOf(part)).hasExternalData]).toEqual([name, true]);
    const tensor = Buffer.concat([field(8, 'w'), floats]);
    expect(readOnnxFile(modelOf(field(5, tensor))).hasExternalData).toBe(false);
  });

  it('leaves out inputs that have a value in the file, and dimensions that are negative or named', () => {
    const dims = Buffer.concat([
      field(1, Buffer.from([8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1])),
      field(1, field(2, 'rows')),
      field(1, Buffer.from([8, 3])),
    ]);
    const tensor = field(2, field(1, Buffer.concat([Buffer.from([8, 11]), field(2, dims)])));
    const inputs = ['w', 'x'].map((name) => field(11, Buffer.concat([field(1, name), tensor])));
    expect(readOnnxFile(modelOf(field(5, field(8, 'w')), ...inputs)).inputs).toEqual([
      { name: 'x', type: 'float64', shape: [undefined, undefined, 3] },
    ]);
  });

  it.each([
    ['text', Buffer.from('<html>not found</html>')],
    ['nothing', Buffer.alloc(0)],
    ['a graph without outputs', field(7, field(2, 'name'))],
    ['zeros', Buffer.alloc(1000)],
    ['a number without end', Buffer.alloc(64, 255)],
  ])('refuses %s', (_, bytes) => {
    expect(() => readOnnxFile(bytes)).toThrow(/^no ONNX file: /);
  });

  it('refuses a second graph, in which a parser that merges both would find other files', () => {
    const hidden = field(7, field(5, field(13, 'x')));
    expect(() => readOnnxFile(Buffer.concat([modelOf(), hidden]))).toThrow(
      'no ONNX file: field 7 of a message is there 2 times, and it may be there once',
    );
  });

  const shape = field(2, field(1, Buffer.from([8, 3])));
  it.each([
    ['name', field(1, 'z')],
    ['type', floats],
    ['kind', field(2, Buffer.concat([field(1, Buffer.from([8, 1])), field(1, Buffer.from([8, 7]))]))],
    ['element type', field(2, field(1, Buffer.from([8, 1, 8, 7])))],
    ['shape', field(2, field(1, Buffer.concat([shape, shape])))],
    ['size', field(2, field(1, field(2, field(1, Buffer.from([8, 3, 8, 4])))))],
  ])('refuses a value that says its %s twice', (name, said) => {
    const before = name === 'name' || name === 'type' ? output.subarray(2) : field(1, 'y');
    const twice = field(12, Buffer.concat([before, said]));
    expect(() => readOnnxFile(field(7, twice))).toThrow('there 2 times, and it may be there once');
  });

  it('refuses an initializer with two names', () => {
    const twice = field(5, Buffer.concat([field(8, 'w'), field(8, 'x')]));
    expect(() => readOnnxFile(modelOf(twice))).toThrow('field 8 of a message is there 2 times');
  });

  it('refuses graphs in graphs without end', () => {
    let graph = field(2, 'g');
    for (let depth = 0; depth < 17; depth++) graph = field(1, field(5, field(6, graph)));
    expect(() => readOnnxFile(modelOf(graph))).toThrow('graphs in graphs are more than 16 deep');
  });

  it('reads or refuses every beginning of a file, and files with a byte changed', () => {
    const whole = bytesOf('click-scorer.onnx');
    let refused = 0;
    const look = (bytes: Uint8Array): void => {
      try {
        readOnnxFile(bytes);
      } catch (error) {
        refused += 1;
        expect(error).toBeInstanceOf(RangeError);
      }
    };
    for (let length = 0; length < whole.length; length += 37) look(whole.subarray(0, length));
    for (let at = 0; at < whole.length; at += 31) look(whole.map((byte, i) => (i === at ? byte ^ 0x55 : byte)));
    expect(refused).toBeGreaterThan(100);
  });
});

describe.each([
  ['PyTorch', 'click-scorer', 2],
  ['TensorFlow', 'gru-encoder', 3],
])('a model exported from %s', (_, name, count) => {
  it('gives the numbers recorded there', async () => {
    const bytes = bytesOf(`${name}.onnx`);
    const { inputs } = readOnnxFile(bytes);
    const session = await onnxGraphRuntime().open(bytes);
    const examples = recorded(`${name}.examples.json`);
    expect(examples).toHaveLength(count);
    for (const example of examples) {
      const feeds = inputs.map(({ name: input, type, shape }) => {
        const rows = example.inputs[input]!;
        const numbers = rows.flat();
        const values =
          type === 'int64'
            ? BigInt64Array.from(numbers, BigInt)
            : type === 'int32'
              ? Int32Array.from(numbers)
              : Float32Array.from(numbers);
        return [input, { values, shape: shape!.length === 1 ? [rows.length] : [rows.length, shape![1]!] }] as const;
      });
      const found = await session.run(Object.fromEntries(feeds));
      for (const [output, values] of Object.entries(example.outputs)) {
        const expected = values.flat();
        expect(found[output]).toHaveLength(expected.length);
        // Recorded on another machine: processors round sums of floats in orders of their own.
        expected.forEach((value, i) => expect(found[output]![i]).toBeCloseTo(value, 5));
      }
    }
    await session.close();
  });
});
