import { defineReranker, type Plugin, type SlateAnswer } from '@attune/sdk';
import fc from 'fast-check';
import { benchOf, sourceOf } from '../fixtures/bench-engine.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';
import { isPermutation } from './rerank.js';

/** A re-ranker that answers these places, whatever it is given. */
const answering = (id: string, order: readonly number[]): Plugin =>
  defineReranker({ id, version: '1.0.0', setup: () => ({ rerank: () => Uint32Array.from(order) }) });

async function slateOf(...orders: readonly (readonly number[])[]): Promise<SlateAnswer> {
  const plugins = orders.map((order, n) => answering(`turn-${n}`, order));
  const bench = benchOf([...PLAIN, ...plugins]);
  const rerank = plugins.map(({ id }) => ({ use: id }));
  await bench.engine.load([sourceOf(homeOf({ rerank, retrieve: [{ use: 'in-order', limit: 9 }] }))]);
  return bench.serve({ limit: 5 });
}
const idsOf = ({ items }: SlateAnswer): readonly string[] => items.map(({ id }) => id);
const shuffled = (size: number): fc.Arbitrary<number[]> =>
  fc.shuffledSubarray([...Array(size).keys()], { minLength: size, maxLength: size });
/** Lists that are a permutation now and then: right size, wrong size, places twice or beyond the end. */
const places = fc
  .nat(6)
  .chain((size) =>
    fc.tuple(
      fc.constant(size),
      fc.oneof(shuffled(size), fc.array(fc.nat(size), { minLength: size, maxLength: size }), fc.array(fc.nat(7))),
    ),
  );

it('an order is a permutation exactly where it is all places, sorted another way', () => {
  fc.assert(
    fc.property(places, ([size, order]) => {
      const sorted = [...order].sort((a, b) => a - b);
      const expected = order.length === size && sorted.every((place, i) => place === i);
      expect(isPermutation(Uint32Array.from(order), size)).toBe(expected);
    }),
    { numRuns: 1_000 },
  );
  const others: readonly unknown[] = [[0, 1], Int32Array.of(0, 1), undefined, { length: 2, 0: 0, 1: 1 }];
  for (const other of others) expect(isPermutation(other as Uint32Array, 2)).toBe(false);
});

it('re-rankers shuffle the head in turn, as their permutations say, and lose nobody', async () => {
  const head = (await slateOf()).trace!.candidates.filter(({ score }) => score !== undefined).length;
  expect(head).toBeGreaterThan(4);
  await fc.assert(
    fc.asyncProperty(shuffled(head), shuffled(head), async (first, second) => {
      const slate = await slateOf(first, second);
      const whole = slate.trace!.candidates.filter(({ score }) => score !== undefined);
      const byScore = whole.map((one, at) => ({ one, at })).sort((a, b) => b.one.score! - a.one.score! || a.at - b.at);
      const turned = second.map((place) => byScore[first[place]!]!.one.id);
      expect(slate.degraded).toEqual([]);
      expect(idsOf(slate)).toEqual(turned.slice(0, 5));
    }),
    { numRuns: 40 },
  );
});

it('an order that is no permutation is thrown away, and the slate says so', async () => {
  const plain = idsOf(await slateOf());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(12), { maxLength: 12 }), async (order) => {
      const slate = await slateOf(order);
      const size = slate.trace!.candidates.filter(({ score }) => score !== undefined).length;
      fc.pre(!isPermutation(Uint32Array.from(order), size));
      expect(slate.degraded).toMatchObject([{ plugin: 'turn-0', code: 'PLUGIN_BROKE_CONTRACT' }]);
      expect(idsOf(slate)).toEqual(plain);
    }),
    { numRuns: 60 },
  );
});
