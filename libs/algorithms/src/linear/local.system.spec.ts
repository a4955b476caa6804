import { LocalSystem } from './local.system.js';

/** A symmetric positive definite matrix of fixed odd numbers. */
const at = (i: number, j: number): number => (i === j ? 4 + i : Math.sin(3 * Math.min(i, j) + Math.max(i, j)) / 2);

function fill(system: LocalSystem, size: number, answer: number[]): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) system.matrix[i * system.stride + j] = at(i, j);
    system.right[i] = answer.reduce((sum, x, j) => sum + at(i, j) * x, 0);
  }
}

describe('LocalSystem', () => {
  it('solves systems of any size in the same memory', () => {
    const system = new LocalSystem(9);
    for (const size of [9, 4, 1, 7, 0]) {
      const answer = Array.from({ length: size }, (_, i) => Math.cos(i) * (i + 1));
      fill(system, size, answer);
      system.solve(size, 1e-6);
      answer.forEach((x, i) => expect(system.right[i]).toBeCloseTo(x, 4));
    }
  });

  it('raises pivots that are too small', () => {
    const system = new LocalSystem(2);
    // [[1, 2], [2, 1]] is indefinite: its second pivot is −3.
    system.matrix.set([1, 0, 2, 1]);
    system.right.set([1, 2]);
    system.solve(2, 0.25);
    expect([...system.right]).toEqual([1, 0]);
    system.matrix.set([1, 0, 2, 1]);
    system.right.set([1, 3]);
    system.solve(2, 0.25);
    // [[1, 0], [2, 0.5]] (forward): 1, 2; backward: 4, 1 − 8.
    expect([...system.right]).toEqual([-7, 4]);
  });
});
