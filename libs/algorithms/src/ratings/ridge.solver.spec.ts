import { solveRidge } from './ridge.solver.js';
import { chance } from './testing/small-world.js';

const random = chance(5);
const drawn = (length: number): number[] => Array.from({ length }, () => 2 * random() - 1);

describe('solveRidge', () => {
  it('meets one equation in part', () => {
    // x = 2 × 6 / (2² + 8)
    expect([...solveRidge({ rows: Float64Array.of(2), width: 1, targets: Float32Array.of(6) }, 8)]).toEqual([1]);
  });

  it.each([
    ['more equations than unknowns', 40, 7],
    ['fewer', 5, 30],
  ])('leaves no slope, with %s', (_, targets, width) => {
    const system = {
      rows: Float64Array.from(drawn(targets * width)),
      width,
      targets: Float32Array.from(drawn(targets)),
    };
    const x = solveRidge(system, 0.3);
    const at = (k: number, d: number): number => system.rows[k * width + d]!;
    const misses = [...system.targets].map((target, k) => x.reduce((sum, value, d) => sum + at(k, d) * value, -target));
    x.forEach((value, d) => {
      expect(misses.reduce((sum, miss, k) => sum + miss * at(k, d), 0.3 * value)).toBeCloseTo(0, 5);
    });
  });

  it('is 0 where nothing is asked, or 0', () => {
    expect([...solveRidge({ rows: new Float64Array(0), width: 3, targets: new Float32Array(0) }, 1)]).toEqual([
      0, 0, 0,
    ]);
    expect([...solveRidge({ rows: Float64Array.of(1, 2), width: 2, targets: Float32Array.of(0) }, 1)]).toEqual([0, 0]);
  });
});
