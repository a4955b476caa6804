import type { Attribute, Constant, ConstantValues, GraphNode } from './node.js';
import type { ParameterPart, ParameterSpec } from './parameters.js';
import type { ElementType, Shape } from './shape.js';

/** A value in a graph. Its numbers exist only while the graph is run. */
export interface Tensor {
  readonly graph: TensorGraph;
  readonly name: string;
  readonly shape: Shape;
  readonly type: ElementType;
  /** Whether parameters have a part in it, so that a gradient flows back through it. */
  readonly differentiable: boolean;
}

export interface OutputSpec {
  readonly shape: Shape;
  /** Default `float32`. */
  readonly type?: ElementType;
}

export type TensorsOf<Outputs extends readonly OutputSpec[]> = { readonly [K in keyof Outputs]: Tensor };

/** What an operation adds to a graph: its ONNX operator, and how a gradient goes back through it. */
export interface Operation<Outputs extends readonly OutputSpec[]> {
  readonly op: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: Outputs;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly domain?: string;
  /**
   * From gradients of the outputs to those of the inputs, in the graph; undefined for what has none, such as rows.
   * Left out: no gradient goes through. Gradients that nobody asks for cost nothing when the graph is run.
   */
  readonly backward?: (gradients: TensorsOf<Outputs>, outputs: TensorsOf<Outputs>) => readonly (Tensor | undefined)[];
}

/** A differentiable operation as it was recorded. */
export interface TapeEntry {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly backward: (gradients: readonly Tensor[]) => readonly (Tensor | undefined)[];
}

/** What operations do with the graph of their tensors. */
export interface TensorGraph {
  readonly nodes: readonly GraphNode[];
  readonly constants: readonly Constant[];
  readonly inputs: ReadonlyMap<string, Tensor>;
  /** Differentiable operations, in the order they were made. */
  readonly tape: TapeEntry[];
  /** One a parameter: its piece of the flat vector. */
  readonly pieces: readonly Tensor[];
  readonly parts: readonly ParameterPart[];
  readonly parameterCount: number;
  input(name: string, shape: Shape, type?: ElementType): Tensor;
  parameters<const Specs extends Readonly<Record<string, ParameterSpec>>>(
    specs: Specs,
    scope?: string,
  ): { readonly [K in keyof Specs]: Tensor };
  /** The start of all parameters [parameterCount]. */
  start(random: () => number): Float32Array;
  parameterVector(): Tensor;
  constant(values: ConstantValues, shape: readonly number[]): Tensor;
  scalar(value: number): Tensor;
  integers(values: readonly number[]): Tensor;
  emit<const Outputs extends readonly OutputSpec[]>(operation: Operation<Outputs>): TensorsOf<Outputs>;
  /** Seed of the next dropout mask. */
  nextSeed(): number;
}
