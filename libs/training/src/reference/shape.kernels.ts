import { around, inputAt, numberOf, numbersIn, type Kernel, type Kernels } from './kernel.js';
import { placesOf, sizeOfDims, stretchedPlaces, stridesOf, take, valuesOf } from './values.js';

const reshape: Kernel = (inputs) => {
  const { data } = inputAt(inputs, 0);
  const target = [...inputAt(inputs, 1).data];
  const known = target.filter((dim) => dim !== -1);
  return [
    valuesOf(
      data,
      target.map((dim) => (dim === -1 ? data.length / sizeOfDims(known) : dim)),
    ),
  ];
};

const unsqueeze: Kernel = (inputs) => {
  const { data, shape } = inputAt(inputs, 0);
  const axes = [...inputAt(inputs, 1).data].sort((a, b) => a - b);
  return [
    valuesOf(
      data,
      axes.reduce((dims, axis) => dims.toSpliced(axis, 0, 1), [...shape]),
    ),
  ];
};

const transpose: Kernel = (inputs, node) => {
  const x = inputAt(inputs, 0);
  const order = numbersIn(node, 'perm');
  const strides = stridesOf(x.shape);
  const shape = order.map((axis) => x.shape[axis]!);
  return [
    take(
      x,
      placesOf(
        shape,
        order.map((axis) => strides[axis]!),
      ),
      shape,
    ),
  ];
};

const expand: Kernel = (inputs) => {
  const x = inputAt(inputs, 0);
  const shape = [...inputAt(inputs, 1).data];
  return [take(x, stretchedPlaces(shape, x.shape), shape)];
};

const split: Kernel = (inputs, node) => {
  const { data, shape } = inputAt(inputs, 0);
  const axis = numberOf(node, 'axis');
  const { outer, inner } = around(shape, axis);
  const stride = shape[axis]! * inner;
  let from = 0;
  return Array.from(inputAt(inputs, 1).data, (length) => {
    const part = new Float64Array(outer * length * inner);
    for (let o = 0; o < outer; o++) {
      const start = o * stride + from * inner;
      part.set(data.subarray(start, start + length * inner), o * length * inner);
    }
    from += length;
    return valuesOf(part, shape.with(axis, length));
  });
};

const concat: Kernel = (inputs, node) => {
  const axis = numberOf(node, 'axis');
  const { shape } = inputAt(inputs, 0);
  const { outer, inner } = around(shape, axis);
  const total = inputs.reduce((sum, input) => sum + input.shape[axis]!, 0);
  const all = new Float64Array(outer * total * inner);
  for (let o = 0; o < outer; o++) {
    let at = o * total * inner;
    for (const { data, shape: own } of inputs) {
      const length = own[axis]! * inner;
      all.set(data.subarray(o * length, (o + 1) * length), at);
      at += length;
    }
  }
  return [valuesOf(all, shape.with(axis, total))];
};

export const shapeKernels: Kernels = {
  Reshape: reshape,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Expand: expand,
  Split: split,
  Concat: concat,
  Shape: (inputs) => {
    const { shape } = inputAt(inputs, 0);
    return [valuesOf(Float64Array.from(shape), [shape.length])];
  },
  ConstantOfShape: (inputs) => {
    const shape = [...inputAt(inputs, 0).data];
    return [valuesOf(new Float64Array(sizeOfDims(shape)), shape)];
  },
};
