import { broadcastShape, sumTo } from '../graph/broadcast.js';
import type { Tensor } from '../graph/tensor.js';

/** A tensor, or a number that is the same in every run. */
export type Operand = Tensor | number;

/** a + b. Shapes are matched from the last axis; a 1 is stretched. So for all pairs below. */
export const add = (a: Tensor, b: Operand): Tensor => pair('Add', a, b, (g) => [g, g]);

export const sub = (a: Tensor, b: Operand): Tensor => pair('Sub', a, b, (g) => [g, neg(g)]);

export const mul = (a: Tensor, b: Operand): Tensor => pair('Mul', a, b, (g, [x, y]) => [mul(g, y), mul(g, x)]);

export const div = (a: Tensor, b: Operand): Tensor =>
  pair('Div', a, b, (g, [, y], quotient) => {
    const share = div(g, y);
    return [share, neg(mul(share, quotient))];
  });

export const neg = (x: Tensor): Tensor => single('Neg', x, (g) => neg(g));

export const exp = (x: Tensor): Tensor => single('Exp', x, (g, y) => mul(g, y));

/** Natural logarithm of numbers above 0. */
export const log = (x: Tensor): Tensor => single('Log', x, (g) => div(g, x));

export const sqrt = (x: Tensor): Tensor => single('Sqrt', x, (g, y) => div(mul(g, 0.5), y));

/** An ONNX operator of one tensor that keeps the shape; without a way back, no gradient goes through it. */
export function single(op: string, x: Tensor, backward?: (g: Tensor, y: Tensor) => Tensor): Tensor {
  const outputs = [{ shape: x.shape }] as const;
  if (backward === undefined) return x.graph.emit({ op, inputs: [x], outputs })[0];
  return x.graph.emit({ op, inputs: [x], outputs, backward: ([g], [y]) => [backward(g, y)] })[0];
}

function pair(
  op: string,
  a: Tensor,
  right: Operand,
  backward: (g: Tensor, operands: readonly [Tensor, Tensor], result: Tensor) => readonly [Tensor, Tensor],
): Tensor {
  const b = typeof right === 'number' ? a.graph.scalar(right) : right;
  return a.graph.emit({
    op,
    inputs: [a, b],
    outputs: [{ shape: broadcastShape(a.shape, b.shape) }],
    backward: ([g], [y]) => {
      const [ofA, ofB] = backward(g, [a, b], y);
      return [sumTo(ofA, a.shape), sumTo(ofB, b.shape)];
    },
  })[0];
}
