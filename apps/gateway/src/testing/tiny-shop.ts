import type { EventSent } from './http.client.js';

/** Ten items with words, colors, prices and categories. */
export const TINY_ITEMS = [
  {
    id: 'lunch-red',
    title: 'Red lunch box',
    categories: ['Kitchen'],
    tags: ['lunch'],
    attributes: { color: 'red' },
    price: { amount: 4, currency: 'GBP' },
  },
  {
    id: 'lunch-blue',
    title: 'Blue lunch box',
    categories: ['Kitchen'],
    tags: ['lunch'],
    attributes: { color: 'blue' },
    price: { amount: 5, currency: 'GBP' },
  },
  {
    id: 'bottle',
    title: 'Steel drinking bottle',
    categories: ['Kitchen'],
    tags: ['lunch'],
    attributes: { color: 'grey' },
    price: { amount: 9, currency: 'GBP' },
  },
  {
    id: 'mug',
    title: 'Porcelain tea mug',
    categories: ['Kitchen'],
    attributes: { color: 'white' },
    price: { amount: 6, currency: 'GBP' },
  },
  {
    id: 'teapot',
    title: 'Porcelain teapot',
    categories: ['Kitchen'],
    attributes: { color: 'white' },
    price: { amount: 20, currency: 'GBP' },
  },
  {
    id: 'lamp',
    title: 'Reading lamp',
    categories: ['Home'],
    attributes: { color: 'black' },
    price: { amount: 30, currency: 'GBP' },
  },
  {
    id: 'candle',
    title: 'Scented candle',
    categories: ['Home'],
    attributes: { color: 'white' },
    price: { amount: 7, currency: 'GBP' },
  },
  {
    id: 'cushion',
    title: 'Velvet cushion',
    categories: ['Home'],
    attributes: { color: 'red' },
    price: { amount: 15, currency: 'GBP' },
  },
  {
    id: 'scarf',
    title: 'Wool scarf',
    categories: ['Clothing'],
    attributes: { color: 'blue' },
    price: { amount: 18, currency: 'GBP' },
  },
  {
    id: 'gloves',
    title: 'Wool gloves',
    categories: ['Clothing'],
    attributes: { color: 'blue' },
    price: { amount: 12, currency: 'GBP' },
  },
] as const;

const COLORS = ['red', 'blue', 'green', 'white', 'black', 'grey', 'pink', 'gold'];
const THINGS = ['mug', 'lamp', 'scarf', 'bottle', 'candle', 'cushion', 'teapot'];

/** Items `i0`, `i1`, … with short titles, all different. */
export const manyItems = (count: number): readonly { readonly id: string; readonly title: string }[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `i${n}`,
    title: `${COLORS[n % COLORS.length]} ${THINGS[n % THINGS.length]} ${n}`,
  }));

const BATCH = 25;
export const TINY_USERS: readonly string[] = ['u0', 'u1', 'u2', 'u3', 'u4'];

/** A batch of 25 purchases of these items by these users; no two batches of a run have an id in common. */
export const tinyBatch = (run: string, batch: number): readonly EventSent[] =>
  Array.from({ length: BATCH }, (_, n) => ({
    ...{ id: `${run}-${batch}-${n}`, type: 'purchase', userId: TINY_USERS[n % TINY_USERS.length]! },
    itemId: TINY_ITEMS[n % TINY_ITEMS.length]!.id,
  }));

/** What each step of a tiny surface may take, and all of them. */
const PATIENT_MS = 20_000;

/** A pipeline that counts and nothing else; generous with time, so that a busy machine does not degrade it. */
export const tinySurface = (surface: string, more: object = {}): object => ({
  surface,
  deadlineMs: PATIENT_MS,
  retrieve: [{ use: 'popular', limit: 100, hardMs: PATIENT_MS }],
  filter: ['where', 'availability', 'seen'].map((use) => ({ use, hardMs: PATIENT_MS })),
  score: [{ use: 'popularity', hardMs: PATIENT_MS }],
  rank: { use: 'weighted', hardMs: PATIENT_MS, config: { popularity: { weight: 1, scale: 'none' } } },
  fallback: { use: 'popular', hardMs: PATIENT_MS },
  ...more,
});

/** How often each item was bought, as the `popular` retriever of a tiny surface counts it. */
export function purchasesOf(trace: {
  readonly candidates: readonly {
    readonly id: string;
    readonly proposedBy: readonly { readonly plugin: string; readonly score: number }[];
  }[];
}): Map<string, number> {
  return new Map(
    trace.candidates.map(({ id, proposedBy }) => [
      id,
      proposedBy.find(({ plugin }) => plugin === 'popular')?.score ?? 0,
    ]),
  );
}
