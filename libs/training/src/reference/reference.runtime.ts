import { shapedFeed } from '../run/feed.shape.js';
import { type Feeds, type GraphRuntime, type GraphSession, outputPlaces } from '../run/graph.runtime.js';
import { elementwiseKernels } from './elementwise.kernels.js';
import { inputAt, type Kernels } from './kernel.js';
import { linearKernels } from './linear.kernels.js';
import { lookupKernels } from './lookup.kernels.js';
import { type DecodedModel, decodeModel } from './model.decoder.js';
import { reductionKernels } from './reduction.kernels.js';
import { shapeKernels } from './shape.kernels.js';
import { type Values, valuesOf } from './values.js';

const kernels: Kernels = {
  ...elementwiseKernels,
  ...linearKernels,
  ...lookupKernels,
  ...reductionKernels,
  ...shapeKernels,
};

/**
 * Runs graphs in TypeScript with numbers of 64 bits, for tests: a thousand times slower than ONNX Runtime, exact
 * enough for gradients by differences, and the same everywhere. It knows the operators that the functions of this
 * library make. Dropout masks are the same in every run.
 */
export const referenceRuntime: GraphRuntime = { open: (bytes) => Promise.resolve(bytes).then(openReference) };

function openReference(bytes: Uint8Array): GraphSession {
  const model = decodeModel(bytes);
  return {
    run: (feeds, outputs) =>
      Promise.resolve(feeds).then((given) => {
        const places = outputPlaces(model.outputs, outputs);
        const all = evaluate(model, inputsOf(model, given));
        return Object.fromEntries(
          Array.from(places, ([name, place]) => [name, write(name, all.get(name)!.data, place)]),
        );
      }),
    close: () => Promise.resolve(),
  };
}

/** What a model is given, with 64 bits each. */
export function inputsOf({ inputs }: DecodedModel, feeds: Feeds): Map<string, Values> {
  return new Map(
    [...inputs].map(([name, declared]) => {
      const { values, shape } = shapedFeed(name, declared, feeds[name]);
      return [name, valuesOf(Float64Array.from(values, Number), shape)] as const;
    }),
  );
}

/** All outputs of a model. */
export function evaluate(
  { nodes, constants, outputs }: DecodedModel,
  inputs: ReadonlyMap<string, Values>,
): Map<string, Values> {
  const known = new Map([...constants, ...inputs]);
  const valueOf = (name: string): Values => {
    const values = known.get(name);
    if (values === undefined) throw new RangeError(`"${name}" is missing`);
    return values;
  };
  for (const node of nodes) {
    const kernel = kernels[node.op];
    if (kernel === undefined) throw new RangeError(`operator ${node.op} is not known`);
    const results = kernel(node.inputs.map(valueOf), node);
    node.outputs.forEach((name, i) => known.set(name, inputAt(results, i)));
  }
  return new Map(outputs.map((name) => [name, valueOf(name)]));
}

function write(name: string, data: Float64Array, into: Float32Array | undefined): Float32Array {
  if (into === undefined) return Float32Array.from(data);
  if (into.length !== data.length) throw new RangeError(`${data.length} numbers of "${name}" for ${into.length}`);
  into.set(data);
  return into;
}
