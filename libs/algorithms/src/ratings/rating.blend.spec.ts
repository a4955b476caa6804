import { type Ratings } from '../data/ratings.js';
import { type BlendMember, blendPredictor, fitRatingBlend, fitRatingWeights } from './rating.blend.js';
import { chance, smallWorld } from './testing/small-world.js';

const world = smallWorld();
const pairs = ({ users, items }: Ratings): string[] => [...users].map((user, k) => `${user} ${items[k]}`);

describe('rating blend', () => {
  it('finds the weights that predictions were mixed with', () => {
    const [a, b] = [Float32Array.of(1, 2, 5, 3), Float32Array.of(4, 1, 2, 2)];
    const mixed = a.map((x, i) => 0.5 + 0.75 * x - 0.25 * b[i]!);
    const { weights, offset } = fitRatingWeights([a, b], mixed, 1e-3);
    expect(weights[0]).toBeCloseTo(0.75, 3);
    expect(weights[1]).toBeCloseTo(-0.25, 3);
    expect(offset).toBeCloseTo(0.5, 2);
  });

  it('shrinks weights by the penalty', () => {
    // Σ (x - 2)² = 2 and Σ (x - 2) (y - 4) = 4: 4 / (2 + 2) = 1, and the offset is 4 - 2.
    const { weights, offset } = fitRatingWeights([Float32Array.of(1, 2, 3)], Float32Array.of(2, 4, 6), 2);
    expect(weights[0]).toBeCloseTo(1, 6);
    expect(offset).toBeCloseTo(2, 6);
  });

  it('weighs members by ratings that they have not seen, then fits them on all', () => {
    const seen: Ratings[] = [];
    const member: BlendMember = {
      name: 'pairs',
      fit: (ratings) => {
        seen.push(ratings);
        const known = new Set(pairs(ratings));
        return { predict: (user, item) => (known.has(`${user} ${item}`) ? 5 : (user + item) % 5) };
      },
    };
    const { models, weights, offset } = fitRatingBlend(world, [member], { heldOut: 0.4, random: chance(2) });
    const random = chance(2);
    const rows = [...world.values.keys()].filter(() => random() < 0.4);
    const [first, last] = [seen[0]!, seen.at(-1)!];
    expect(pairs(first)).toEqual(pairs(world).filter((_, k) => !rows.includes(k)));
    expect(last).toBe(world);
    const predictions = Float32Array.from(rows, (k) => (world.users[k]! + world.items[k]!) % 5);
    const alone = fitRatingWeights(
      [predictions],
      Float32Array.from(rows, (k) => world.values[k]!),
      10,
    );
    expect({ weights, offset }).toEqual(alone);
    const { predict } = blendPredictor({ weights: Float32Array.of(0.5), offset: 1 }, models, [1, 5]);
    expect(predict(world.users[0]!, world.items[0]!)).toBe(3.5);
    const low = blendPredictor({ weights: Float32Array.of(-2), offset: 1 }, models, [1, 5]);
    expect(low.predict(world.users[0]!, world.items[0]!)).toBe(1);
  });

  it('refuses bad options', () => {
    const random = chance(2);
    expect(() => fitRatingBlend(world, [], { random })).toThrow('there is nothing to blend');
    expect(() => fitRatingBlend(world, [], { random, heldOut: 1 })).toThrow('heldOut must be above 0 and below 1');
    expect(() => fitRatingBlend(world, [], { random: () => 0.99 })).toThrow('none of');
    expect(() => fitRatingWeights([Float32Array.of(1)], Float32Array.of(1), 0)).toThrow('penalty must be above 0');
  });
});
