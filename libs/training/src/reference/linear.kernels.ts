import { inputAt, numberOf, type Kernel, type Kernels } from './kernel.js';
import { sizeOfDims, valuesOf } from './values.js';

/** Rows and columns of a matrix as it is used, and the steps to the next of each. */
function matrixOf(shape: readonly number[], flipped: boolean) {
  const [first, second] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  return flipped
    ? { rows: second, columns: first, nextRow: 1, nextColumn: second }
    : { rows: first, columns: second, nextRow: second, nextColumn: 1 };
}

/** alpha × a · b, each with its last two axes exchanged where the node says so. */
const matMul: Kernel = (inputs, node) => {
  const [a, b] = [inputAt(inputs, 0), inputAt(inputs, 1)];
  const [left, right] = [
    matrixOf(a.shape, numberOf(node, 'transA') === 1),
    matrixOf(b.shape, numberOf(node, 'transB') === 1),
  ];
  const alpha = numberOf(node, 'alpha');
  const batch = a.shape.slice(0, -2);
  const product = new Float64Array(sizeOfDims(batch) * left.rows * right.columns);
  let at = 0;
  for (let one = 0; one < sizeOfDims(batch); one++)
    for (let row = 0; row < left.rows; row++)
      for (let column = 0; column < right.columns; column++) {
        let sum = 0;
        let i = one * left.rows * left.columns + row * left.nextRow;
        let j = one * right.rows * right.columns + column * right.nextColumn;
        for (let k = 0; k < left.columns; k++, i += left.nextColumn, j += right.nextRow) sum += a.data[i]! * b.data[j]!;
        product[at++] = alpha * sum;
      }
  return [valuesOf(product, [...batch, left.rows, right.columns])];
};

export const linearKernels: Kernels = { FusedMatMul: matMul };
