import { Csr } from './csr.matrix.js';
import { uniform } from './fixtures/dense.js';
import { withoutWebAssembly } from './fixtures/without-web-assembly.js';
import { gram } from './gram.kernel.js';
import { inKernel, inPlain } from './row-sums.kernel.js';

const matrix = Csr.fromTriplets({ rows: [0, 0, 0, 2, 2], cols: [0, 1, 3, 1, 2], values: [5, 1, 2, 4, -3] }, 4, 4);

describe('row sums', () => {
  it.each([
    ['the kernel', inKernel],
    ['plain TypeScript', inPlain],
  ])('of %s are those of weighted rows, up to a column', (_, open) => {
    const { sums, add } = open(matrix);
    add(Int32Array.of(0, 1, 2), Float32Array.of(2, 9, 0.5), 2);
    expect([...sums]).toEqual([10, 4, -1.5, 0]);
    add(Int32Array.of(0), Float32Array.of(1), 3);
    expect([...sums]).toEqual([15, 5, -1.5, 2]);
    add(new Int32Array(0), new Float32Array(0), 3);
    expect([...sums]).toEqual([15, 5, -1.5, 2]);
  });

  it('give the same bits of a Gram matrix with and without WebAssembly', () => {
    const random = uniform(3);
    const cells = Array.from({ length: 300 }, () => ({
      row: Math.floor(40 * random()),
      col: Math.floor(30 * random()),
    }));
    const columns = { rows: cells.map(({ row }) => row), cols: cells.map(({ col }) => col) };
    const weighed = Csr.fromTriplets({ ...columns, values: cells.map(() => random() - 0.4) }, 40, 30);
    expect(gram(weighed)).toEqual(withoutWebAssembly(() => gram(weighed)));
  });
});
