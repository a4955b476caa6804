import { type Shape, sameShape, shapeText } from '../graph/shape.js';
import { type Tensor } from '../graph/tensor.js';

export interface MatMulOptions {
  /** Takes a with its last two axes exchanged. */
  readonly transposeA?: boolean;
  /** Takes b with its last two axes exchanged. */
  readonly transposeB?: boolean;
  /** Factor of the product. Default 1. */
  readonly scale?: number;
}

/** scale × a [..., m, k] · b [..., k, n] -> [..., m, n], with equal leading axes. Transposes and scale cost nothing. */
export function matMul(a: Tensor, b: Tensor, options: MatMulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, scale = 1 } = options;
  const product = (x: Tensor, y: Tensor, flipX: boolean, flipY: boolean): Tensor =>
    matMul(x, y, { transposeA: flipX, transposeB: flipY, scale });
  return a.graph.emit({
    op: 'FusedMatMul',
    domain: 'com.microsoft',
    inputs: [a, b],
    outputs: [{ shape: productShape(a.shape, b.shape, transposeA, transposeB) }],
    attributes: { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) }, alpha: { float: scale } },
    backward: ([g]) => [
      transposeA ? product(b, g, transposeB, true) : product(g, b, false, !transposeB),
      transposeB ? product(g, a, true, transposeA) : product(a, g, !transposeA, false),
    ],
  })[0];
}

function productShape(a: Shape, b: Shape, transposeA: boolean, transposeB: boolean): Shape {
  const [m, k] = matrixDims(a, transposeA);
  const [inner, n] = matrixDims(b, transposeB);
  const batch = a.slice(0, -2);
  if (k !== inner || !sameShape(batch, b.slice(0, -2)))
    throw new RangeError(`no product of ${shapeText(a)} and ${shapeText(b)}`);
  return [...batch, m, n];
}

function matrixDims(shape: Shape, transposed: boolean): readonly [Shape[number], Shape[number]] {
  const [rows, columns] = shape.slice(-2);
  if (rows === undefined || columns === undefined) throw new RangeError(`${shapeText(shape)} is no matrix`);
  return transposed ? [columns, rows] : [rows, columns];
}
