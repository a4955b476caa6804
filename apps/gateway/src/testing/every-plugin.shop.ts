/** Surfaces that together use what a shop may add to the ones that come with Attune; generous with time. */

interface Step {
  readonly use: string;
  readonly [key: string]: unknown;
}
const HARD_MS = 20_000;
const step = (use: string, config: object = {}, more: object = {}): Step => ({ use, hardMs: HARD_MS, config, ...more });

/** A pipeline whose columns are not scaled: a contribution is weight × what the plugin wrote. */
export interface SurfaceParts {
  readonly retrieve: readonly Step[];
  readonly score?: readonly Step[];
  readonly weights: Readonly<Record<string, number>>;
  readonly rerank?: readonly Step[];
  readonly explain?: Step;
}

export function surfaceOf(
  surface: string,
  { retrieve, score = [], weights, rerank = [], explain }: SurfaceParts,
): object {
  const config = Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, { weight, scale: 'none' }]));
  return {
    surface,
    deadlineMs: 20_000,
    retrieve,
    filter: ['where', 'availability', 'seen'].map((use) => step(use)),
    score,
    rank: step('weighted', config),
    rerank,
    ...(explain && { explain }),
    fallback: step('popular'),
  };
}

const looks = { types: ['view', 'click'] };

/** By name; `model` is the folder of a cross-encoder. */
export const everyPluginSurfaces = (model: string): Readonly<Record<string, object>> => ({
  home: surfaceOf('home', {
    retrieve: [
      step('ials'),
      step('bought-together', { from: 'auto' }),
      step('recently-viewed', looks),
      step('popular-by-segment'),
    ],
    score: [step('ials'), step('bought-together', { from: 'auto' }), step('freshness'), step('price-band')],
    weights: {
      ials: 1,
      'bought-together': 1,
      freshness: 0.1,
      'price-band': 0.1,
      'recently-viewed': 1,
      'popular-by-segment': 0.01,
    },
    rerank: [step('cap', { by: 'categories', most: 3, also: [{ by: 'attributes.color', most: 2 }] })],
    explain: step('attribute-match', { by: ['brand', 'categories', 'attributes.color'] }),
  }),
  segment: surfaceOf('segment', { retrieve: [step('popular-by-segment')], weights: { 'popular-by-segment': 1 } }),
  cart: surfaceOf('cart', {
    retrieve: [step('bought-together')],
    score: [step('bought-together')],
    weights: { 'bought-together': 1 },
  }),
  viewed: surfaceOf('viewed', { retrieve: [step('recently-viewed', looks)], weights: { 'recently-viewed': 1 } }),
  brands: surfaceOf('brands', {
    retrieve: [step('lexical', {}, { limit: 200 })],
    weights: { lexical: 1 },
    rerank: [step('cap', { by: 'brand', most: 2 })],
  }),
  search: surfaceOf('search', {
    retrieve: [step('hybrid', {}, { limit: 300 })],
    score: [step('content-similarity')],
    weights: { 'content-similarity': 1 },
    rerank: [step('cross-encoder', { model, pool: 20, weight: 1 })],
  }),
});

export const NEW_TRAINERS = [
  { use: 'ials', config: { dims: 16, iterations: 4 } },
  { use: 'bought-together', config: { gapMinutes: 0 } },
  { use: 'popular-by-segment', config: { attribute: 'country', minUsers: 10 } },
];

/** A brand of five widgets, cheap to dear, whose titles grow by a word each. */
export const WIDGETS = Array.from({ length: 5 }, (_, n) => ({
  id: `widget-${n}`,
  title: `Acme widget${' red'.repeat(n)}`,
  brand: 'Acme',
  categories: ['Widgets'],
  attributes: { color: 'red' },
  price: { amount: 2 ** n, currency: 'GBP' },
  publishedAt: '2026-11-01T00:00:00Z',
}));
