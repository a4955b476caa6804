import { orderByScore } from './score.order.js';

describe('orderByScore', () => {
  it('orders a part best first, keeping ties as they were, and leaves the rest', () => {
    let state = 5;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    for (const size of [0, 1, 2, 15, 16, 17, 40, 100, 257]) {
      const scores = Float64Array.from({ length: size + 2 }, () => Math.floor(random() * 30));
      const order = Int32Array.from(scores.keys()).reverse();
      const given = [...order];
      orderByScore({ order, spare: new Int32Array(size), scores }, 1, size + 1);
      const sorted = given.slice(1, size + 1).sort((a, b) => scores[b]! - scores[a]!);
      expect([...order]).toEqual([given[0], ...sorted, given.at(-1)]);
      orderByScore({ order, spare: new Int32Array(size), scores }, 1, size + 1);
      expect([...order]).toEqual([given[0], ...sorted, given.at(-1)]);
    }
  });
});
