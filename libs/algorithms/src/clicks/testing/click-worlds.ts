import type { CategoryField, ClickCases, ClickData, NumberField } from '../../data/clicks.js';
import { seeded } from '../../testing/seeded.js';

export const oneOf = (rows: readonly number[], categories: number): CategoryField => ({
  kind: 'category',
  rows: Int32Array.from(rows),
  slots: 1,
  categories,
});

export const several = (lists: readonly (readonly number[])[], slots: number, categories: number): CategoryField => ({
  kind: 'category',
  rows: Int32Array.from(lists.flatMap((list) => Array.from({ length: slots }, (_, i) => list[i] ?? -1))),
  slots,
  categories,
});

export const numbers = (values: readonly number[]): NumberField => ({
  kind: 'number',
  values: Float32Array.from(values),
});

/** Users like items of their own parity, in four of five cases; nobody and nothing is liked more than others. */
export function tastes(count: number, seed: number): ClickData {
  const random = seeded(seed);
  const pairs = Array.from({ length: count }, () => [Math.floor(random() * 8), Math.floor(random() * 6)] as const);
  return {
    fields: [
      oneOf(
        pairs.map(([user]) => user),
        10,
      ),
      oneOf(
        pairs.map(([, item]) => item),
        6,
      ),
    ],
    count,
    labels: Uint8Array.from(pairs, ([user, item]) => Number((user + item) % 2 === 0) ^ Number(random() < 0.2)),
  };
}

/** Each user of the tastes with each item. */
export const allPairs: ClickCases = {
  fields: [
    oneOf(
      Array.from({ length: 48 }, (_, i) => Math.floor(i / 6)),
      10,
    ),
    oneOf(
      Array.from({ length: 48 }, (_, i) => i % 6),
      6,
    ),
  ],
  count: 48,
};

/** Whether each of all pairs is liked. */
export const likedPairs: readonly boolean[] = Array.from(
  { length: 48 },
  (_, i) => (Math.floor(i / 6) + (i % 6)) % 2 === 0,
);

/** The mean log loss of probabilities. */
export const lossOf = (probabilities: ArrayLike<number>, labels: Uint8Array): number =>
  -labels.reduce((sum, label, i) => sum + Math.log(label === 1 ? probabilities[i]! : 1 - probabilities[i]!), 0) /
  labels.length;

/** Data that nothing is learned from, with what is said of them. */
export const badClicks: readonly (readonly [string, Partial<ClickData>, RegExp])[] = [
  ['no field', { fields: [] }, /^there are no fields$/],
  ['a short field', { fields: [oneOf([0, 1], 2)] }, /^field 0 has 2 values for 4 cases$/],
  ['a row outside', { fields: [oneOf([0, 1, 2, 0], 2)] }, /^field 0: row 2 is not below 2$/],
  ['a row below −1', { fields: [oneOf([0, 1, -2, 0], 2)] }, /^field 0: row -2 is not below 2$/],
  ['an endless number', { fields: [numbers([0, 1, Infinity, 0])] }, /^field 0 has the value Infinity$/],
  ['a short list of labels', { labels: Uint8Array.of(0, 1) }, /^2 labels for 4 cases$/],
  ['a label of 2', { labels: Uint8Array.of(0, 1, 2, 0) }, /^label 2 is neither 0 nor 1$/],
  ['only positive cases', { labels: Uint8Array.of(1, 1, 1, 1) }, /^4 of 4 cases are positive/],
  ['no case', { fields: [oneOf([], 2)], count: 0, labels: new Uint8Array(0) }, /^0 of 0 cases are positive/],
];

/** Four sound cases. */
export const fourCases: ClickData = { fields: [oneOf([0, 1, 0, 1], 2)], count: 4, labels: Uint8Array.of(0, 1, 1, 0) };
