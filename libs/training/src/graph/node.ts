import type { ElementType } from './shape.js';

/** An attribute of an ONNX operator. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly text: string };

/** An operator at its place in a graph, as it is written to a model. */
export interface GraphNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** '' for ONNX's own operators. */
  readonly domain: string;
}

/** Numbers that are the same in every run. */
export interface Constant {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: ConstantValues;
}

export type ConstantValues = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** Uint8Array holds bools. */
export function typeOfValues(values: ConstantValues): ElementType {
  if (values instanceof Float32Array) return 'float32';
  if (values instanceof Int32Array) return 'int32';
  return values instanceof BigInt64Array ? 'int64' : 'bool';
}
