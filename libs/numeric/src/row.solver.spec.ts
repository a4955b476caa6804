import { relativeError, solveDense, uniform } from './fixtures/dense.js';
import { solveRow } from './row.kernel.js';
import { RowSolver, type RowSystem } from './row.solver.js';

const small: RowSystem = {
  factors: Float32Array.of(1, 0, 0.5, 1, 0, 2),
  gram: Float32Array.of(0.5, 0.1, 0.1, 0.7),
  dims: 2,
};
const row = { indices: [0, 2], values: [2, 1] };
/** 2 y₀y₀ᵀ + y₂y₂ᵀ + gram + 0.3 I, and 2 y₀ + y₂. */
const answer = solveDense(
  [
    [2 + 0.5 + 0.3, 0.1],
    [0.1, 4 + 0.7 + 0.3],
  ],
  [2, 2],
);

describe('RowSolver', () => {
  it('goes on from where x stands, and stays where it is solved', () => {
    const x = new Float32Array(2);
    const solver = new RowSolver(small);
    solver.solve(row, 0.3, x, 1);
    const halfway = [...x];
    expect(relativeError(halfway, answer)).toBeGreaterThan(1e-3);
    const explained = solver.solve(row, 0.3, x, 5);
    expect(relativeError(x, answer)).toBeLessThan(1e-6);
    expect(explained).toBeCloseTo(2 * answer[0]! + 2 * answer[1]!, 5);
    solver.solve(row, 0.3, x, 5);
    expect(relativeError(x, answer)).toBeLessThan(1e-6);
  });

  it('solves by Cholesky wherever x stands', () => {
    const x = Float32Array.of(9, -9);
    expect(new RowSolver(small).solve(row, 0.3, x, 0)).toBeCloseTo(2 * answer[0]! + 2 * answer[1]!, 5);
    expect(relativeError(x, answer)).toBeLessThan(1e-6);
  });

  it('stops where rounding leaves no way down', () => {
    const x = new Float32Array(2);
    const system = { ...small, gram: Float32Array.of(-9, 0, 0, -9) };
    expect(new RowSolver(system).solve(row, 0.3, x, 4)).toBe(0);
    expect([...x]).toEqual([0, 0]);
  });

  it('leaves zeros where a row has nothing', () => {
    const x = new Float32Array(2);
    const solver = new RowSolver(small);
    for (const steps of [0, 3]) {
      expect(solver.solve({ indices: [], values: [] }, 0.3, x, steps)).toBe(0);
      expect([...x]).toEqual([0, 0]);
    }
  });
});

describe('solveRow', () => {
  it('has the known answer', () => {
    expect(relativeError(solveRow(small, row, 0.3), answer)).toBeLessThan(1e-6);
    expect([...solveRow(small, { indices: [], values: [] }, 0.3)]).toEqual([0, 0]);
  });

  it.each([3, 8, 33])('is the same in WebAssembly as in plain TypeScript (%i dims)', (dims) => {
    const random = uniform(dims);
    const factors = Float32Array.from({ length: 300 * dims }, () => random() - 0.5);
    const gram = Float32Array.from({ length: dims * dims }, (_, i) => (i % (dims + 1) === 0 ? 2 : 0.01));
    // From one entry to many, so that a call finds what another left in the memory they share.
    for (const entries of [250, 1, 6]) {
      const many = {
        indices: Array.from({ length: entries }, (_, k) => (k * 7) % 300),
        values: Array.from({ length: entries }, () => 0.5 + random()),
      };
      const plain = new Float32Array(dims);
      new RowSolver({ factors, gram, dims }).solve(many, 0.5, plain, 0);
      expect(relativeError(solveRow({ factors, gram, dims }, many, 0.5), plain)).toBeLessThan(1e-5);
    }
  });

  it('solves a row that takes more memory than is kept', () => {
    const dims = 64;
    const indices = Array.from({ length: 70_000 }, (_, k) => k % 3);
    const factors = Float32Array.from({ length: 3 * dims }, (_, i) => (i % 11) / 10);
    const system = { factors, gram: new Float32Array(dims * dims), dims };
    const threefold = { indices: [0, 1, 2], values: [0, 1, 2].map((k) => indices.filter((i) => i === k).length) };
    const x = solveRow(system, { indices, values: indices.map(() => 1) }, 1_000);
    expect(relativeError(x, solveRow(system, threefold, 1_000))).toBeLessThan(1e-2);
  });
});
