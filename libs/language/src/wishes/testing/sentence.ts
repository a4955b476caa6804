import type { Predicate } from '@attune/sdk';
import type { Wish } from '../wish.js';

/** What is read out of a sentence; whatever a row leaves out is expected to be empty. */
export interface Reading {
  readonly filter: Predicate | undefined;
  readonly rest: string;
  readonly relative: readonly string[];
  readonly sort: Wish['sort'];
  readonly removed: readonly string[];
  readonly asks: Wish['asks'];
  readonly ordinals: readonly number[];
  readonly foreign: readonly string[];
  readonly unwanted: readonly string[];
}

/** How it is said (to the search box, or in a conversation), what, and what it means. */
export type Sentence = readonly [mode: 'query' | 'turn', says: string, means: Partial<Reading>];

const oneOf = (path: string, $in: readonly string[]): Predicate => ({ [path]: { $in } });
const noneOf = (path: string, $nin: readonly string[]): Predicate => ({ [path]: { $nin } });

export const color = (...values: string[]): Predicate => oneOf('attributes.color', values);
export const notColor = (...values: string[]): Predicate => noneOf('attributes.color', values);
export const material = (...values: string[]): Predicate => oneOf('attributes.material', values);
export const notMaterial = (...values: string[]): Predicate => noneOf('attributes.material', values);
export const size = (...values: string[]): Predicate => oneOf('attributes.size', values);
export const style = (...values: string[]): Predicate => oneOf('attributes.style', values);
export const category = (...values: string[]): Predicate => oneOf('categories', values);
export const notCategory = (...values: string[]): Predicate => noneOf('categories', values);
export const brand = (...values: string[]): Predicate => oneOf('brand', values);
export const notBrand = (...values: string[]): Predicate => noneOf('brand', values);
export const atMost = ($lte: number): Predicate => ({ 'price.amount': { $lte } });
export const atLeast = ($gte: number): Predicate => ({ 'price.amount': { $gte } });
export const between = ($gte: number, $lte: number): Predicate => ({ 'price.amount': { $gte, $lte } });

/** All of them, on different fields. */
export const all = (...parts: Predicate[]): Predicate =>
  parts.reduce<Predicate>((joined, part) => ({ ...joined, ...part }), {});
