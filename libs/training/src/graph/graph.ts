import { type Constant, type ConstantValues, type GraphNode, typeOfValues } from './node.js';
import { type Operation, type OutputSpec, type TapeEntry, type Tensor, type TensorsOf } from './tensor.js';
import type { ParameterPart, ParameterSpec } from './parameters.js';
import { type ElementType, type Shape, shapeText, sizeOf } from './shape.js';

export interface GraphOptions {
  /** Seed of the dropout masks, a whole number. Default 0. */
  readonly seed?: number;
}

/**
 * A computation on tensors, put together by the functions of `ops` and written as an ONNX model by `encodeModel`.
 * It remembers how each result came about, so that gradients of a loss can be added to it.
 */
export class Graph {
  readonly nodes: GraphNode[] = [];
  readonly constants: Constant[] = [];
  readonly inputs = new Map<string, Tensor>();
  /** Differentiable operations, in the order they were made. */
  readonly tape: TapeEntry[] = [];
  /** One a parameter: its piece of the flat vector, as a tensor. */
  readonly pieces: Tensor[] = [];
  readonly parts: ParameterPart[] = [];
  private readonly specs: ParameterSpec[] = [];
  private readonly small = new Map<string, Tensor>();
  private vector: Tensor | undefined;
  private names = 0;
  private seed: number;

  constructor({ seed = 0 }: GraphOptions = {}) {
    this.seed = seed;
  }

  /** How many numbers the parameters have together. */
  get parameterCount(): number {
    return this.parts.reduce((sum, { size }) => sum + size, 0);
  }

  /** A tensor that each run is given. At most one dimension of it has a name if runs are to tell it from the length. */
  input(name: string, shape: Shape, type: ElementType = 'float32'): Tensor {
    if (this.inputs.has(name)) throw new RangeError(`the graph has an input "${name}" already`);
    const tensor = this.tensor(name, { shape, type }, false);
    this.inputs.set(name, tensor);
    return tensor;
  }

  /**
   * Adds parameters; may be called for each part of a model. They lie one after another in one flat vector.
   * @param scope put before each name, as in `block0.gain`; names are unique
   */
  parameters<const Specs extends Readonly<Record<string, ParameterSpec>>>(
    specs: Specs,
    scope = '',
  ): { readonly [K in keyof Specs]: Tensor } {
    const tensors = Object.entries(specs).map(([key, spec]) => [key, this.parameter(scope + key, spec)] as const);
    // The entries are those of the specs.
    return Object.fromEntries(tensors) as { readonly [K in keyof Specs]: Tensor };
  }

  /** The start of all parameters, as their specs say [parameterCount]. */
  start(random: () => number): Float32Array {
    const flat = new Float32Array(this.parameterCount);
    this.parts.forEach(({ from, size }, i) => {
      for (let k = from; k < from + size; k++) flat[k] = this.specs[i]!.start(random);
    });
    return flat;
  }

  /** All parameters as the graph's input `parameters`, from the first call on complete. */
  parameterVector(): Tensor {
    if (this.vector === undefined) {
      this.vector = this.input('parameters', [this.parameterCount]);
      const sizes = this.integers(this.parts.map(({ size }) => size));
      const outputs = this.pieces.map(({ name }) => name);
      const split = { op: 'Split', inputs: ['parameters', sizes.name], outputs, attributes: { axis: { int: 0 } } };
      this.nodes.unshift({ ...split, domain: '' });
    }
    return this.vector;
  }

  constant(values: ConstantValues, shape: readonly number[]): Tensor {
    if (sizeOf(shape) !== values.length)
      throw new RangeError(`${values.length} numbers are no tensor ${shapeText(shape)}`);
    const type = typeOfValues(values);
    const key = values.length <= 8 ? `${type} ${shapeText(shape)} ${values.join(' ')}` : undefined;
    const known = key === undefined ? undefined : this.small.get(key);
    if (known !== undefined) return known;
    const tensor = this.tensor(this.nextName('constant'), { shape, type }, false);
    this.constants.push({ name: tensor.name, type, shape, values });
    if (key !== undefined) this.small.set(key, tensor);
    return tensor;
  }

  scalar(value: number): Tensor {
    return this.constant(Float32Array.of(value), []);
  }

  /** A list of whole numbers, as operators take shapes and axes: int64 [length]. */
  integers(values: readonly number[]): Tensor {
    return this.constant(BigInt64Array.from(values, BigInt), [values.length]);
  }

  /** Adds an operation; its result is differentiable where one of its inputs is and it says how to go back. */
  emit<const Outputs extends readonly OutputSpec[]>(operation: Operation<Outputs>): TensorsOf<Outputs> {
    const { op, inputs, attributes = {}, domain = '', backward } = operation;
    const stranger = inputs.find(({ graph }) => graph !== this);
    if (stranger !== undefined) throw new RangeError(`${op}: "${stranger.name}" belongs to another graph`);
    const differentiable = backward !== undefined && inputs.some((input) => input.differentiable);
    const tensors = operation.outputs.map((output) => this.tensor(this.nextName(op), output, differentiable));
    const names = { inputs: inputs.map(({ name }) => name), outputs: tensors.map(({ name }) => name) };
    this.nodes.push({ op, ...names, attributes, domain });
    // One tensor an output: a map keeps the length.
    const outputs = tensors as unknown as TensorsOf<Outputs>;
    if (differentiable) {
      const back = (gradients: readonly Tensor[]): readonly (Tensor | undefined)[] =>
        backward(gradients as unknown as TensorsOf<Outputs>, outputs);
      this.tape.push({ inputs, outputs: tensors, backward: back });
    }
    return outputs;
  }

  /** Seed of the next dropout mask. */
  nextSeed(): number {
    return ++this.seed;
  }

  private parameter(name: string, spec: ParameterSpec): Tensor {
    if (this.vector !== undefined) throw new RangeError(`parameter "${name}" comes after the model was written`);
    if (this.parts.some((part) => part.name === name)) throw new RangeError(`there is a parameter "${name}" already`);
    const size = sizeOf(spec.shape);
    if (!(Number.isInteger(size) && size >= 1))
      throw new RangeError(`parameter "${name}" has the shape ${shapeText(spec.shape)}`);
    this.parts.push({ name, shape: spec.shape, from: this.parameterCount, size });
    this.specs.push(spec);
    const piece = this.tensor(this.nextName('piece'), { shape: [size] }, true);
    this.pieces.push(piece);
    if (spec.shape.length === 1) return piece;
    const target = this.integers(spec.shape);
    const [shaped] = this.emit({
      op: 'Reshape',
      inputs: [piece, target],
      outputs: [{ shape: spec.shape }],
      backward: ([g]) => this.emit({ op: 'Reshape', inputs: [g, this.integers([size])], outputs: [{ shape: [size] }] }),
    });
    return shaped;
  }

  private tensor(name: string, { shape, type = 'float32' }: OutputSpec, differentiable: boolean): Tensor {
    return { graph: this, name, shape, type, differentiable };
  }

  private nextName(kind: string): string {
    return `${kind}_${this.names++}`;
  }
}
