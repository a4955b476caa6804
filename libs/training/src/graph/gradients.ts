import { shapeText, sizeOf } from './shape.js';
import { type Tensor, type TensorGraph } from './tensor.js';

/**
 * Adds to the graph how a loss changes with its parameters (reverse-mode differentiation).
 * @param loss a scalar
 * @returns gradient [parameterCount], 0 for parameters that have no part in the loss
 */
export function parameterGradient(loss: Tensor): Tensor {
  if (loss.shape.length > 0) throw new RangeError(`a loss is a scalar, not ${shapeText(loss.shape)}`);
  if (!loss.differentiable) throw new RangeError('no parameter has a part in the loss');
  const { graph } = loss;
  const sums = new Map([[loss.name, graph.scalar(1)]]);
  for (const { inputs, outputs, backward } of [...graph.tape].reverse()) {
    if (!outputs.some(({ name }) => sums.has(name))) continue;
    const gradients = backward(outputs.map((output) => sums.get(output.name) ?? zerosLike(output)));
    inputs.forEach(({ name, differentiable }, i) => {
      const gradient = gradients[i];
      if (gradient === undefined || !differentiable) return;
      const sum = sums.get(name);
      sums.set(name, sum === undefined ? gradient : plus(sum, gradient));
    });
  }
  const flat = graph.pieces.map((piece) => sums.get(piece.name) ?? zeroPiece(graph, sizeOf(piece.shape)));
  const outputs = [{ shape: [graph.parameterCount] }] as const;
  return graph.emit({ op: 'Concat', inputs: flat, outputs, attributes: { axis: { int: 0 } } })[0];
}

/** The same tensor as one that no gradient goes through. */
export const stopGradient = (x: Tensor): Tensor => ({ ...x, differentiable: false });

/**
 * Gives a value a way back of its own, where that is shorter or safer than the one through its operations.
 * @param value made of stopped tensors only
 * @param backward from the value's gradient to those of the inputs
 */
export function withGradient(
  value: Tensor,
  inputs: readonly Tensor[],
  backward: (gradient: Tensor) => readonly (Tensor | undefined)[],
): Tensor {
  if (value.differentiable) throw new RangeError(`"${value.name}" has a way back already: stop its inputs`);
  if (!inputs.some(({ differentiable }) => differentiable)) return value;
  const output = { ...value, differentiable: true };
  value.graph.tape.push({ inputs, outputs: [output], backward: ([gradient]) => backward(gradient!) });
  return output;
}

function plus(a: Tensor, b: Tensor): Tensor {
  return a.graph.emit({ op: 'Add', inputs: [a, b], outputs: [{ shape: a.shape }] })[0];
}

/** Zeros in the shape of a tensor. */
export function zerosLike(x: Tensor): Tensor {
  const { graph, shape } = x;
  const dims = shapeOf(x);
  return graph.emit({ op: 'ConstantOfShape', inputs: [dims], outputs: [{ shape }] })[0];
}

/** The dimensions of a tensor as they are in a run: int64 [rank]. */
export function shapeOf(x: Tensor): Tensor {
  return x.graph.emit({ op: 'Shape', inputs: [x], outputs: [{ shape: [x.shape.length], type: 'int64' }] })[0];
}

function zeroPiece(graph: TensorGraph, size: number): Tensor {
  return graph.emit({ op: 'ConstantOfShape', inputs: [graph.integers([size])], outputs: [{ shape: [size] }] })[0];
}
