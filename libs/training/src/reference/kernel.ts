import type { DecodedNode } from './model.decoder.js';
import { sizeOfDims, type Values } from './values.js';

/** Computes an operator. */
export type Kernel = (inputs: readonly Values[], node: DecodedNode) => readonly Values[];
export type Kernels = Readonly<Record<string, Kernel>>;

export function numberOf({ attributes, op }: DecodedNode, name: string): number {
  const value = attributes.get(name);
  if (typeof value !== 'number') throw new RangeError(`${op} has no number ${name}`);
  return value;
}

export function numbersIn({ attributes, op }: DecodedNode, name: string): readonly number[] {
  const value = attributes.get(name);
  if (typeof value !== 'object') throw new RangeError(`${op} has no numbers ${name}`);
  return value;
}

export function inputAt(inputs: readonly Values[], at: number): Values {
  const input = inputs[at];
  if (input === undefined) throw new RangeError(`input ${at} is missing`);
  return input;
}

/** Length of the last axis. */
export const lastOf = ({ shape }: Values): number => shape.at(-1) ?? 1;

/** Product of the dimensions before `axis`, and of those after it. */
export function around(shape: readonly number[], axis: number): { readonly outer: number; readonly inner: number } {
  return { outer: sizeOfDims(shape.slice(0, axis)), inner: sizeOfDims(shape.slice(axis + 1)) };
}
