import { around, inputAt, numberOf, type Kernel, type Kernels, lastOf } from './kernel.js';
import { valuesOf } from './values.js';

function checkRow(row: number, rows: number): number {
  if (!(row >= 0 && row < rows)) throw new RangeError(`row ${row} of a table of ${rows}`);
  return row;
}

const gather: Kernel = (inputs) => {
  const [table, index] = [inputAt(inputs, 0), inputAt(inputs, 1)];
  const { inner } = around(table.shape, 0);
  const rows = new Float64Array(index.data.length * inner);
  index.data.forEach((row, i) => {
    const from = checkRow(row, table.shape[0]!) * inner;
    rows.set(table.data.subarray(from, from + inner), i * inner);
  });
  return [valuesOf(rows, [...index.shape, ...table.shape.slice(1)])];
};

/** Rows of a table, at an index whose last axis has length 1. */
const scatter: Kernel = (inputs, { attributes }) => {
  const [table, index, rows] = [inputAt(inputs, 0), inputAt(inputs, 1), inputAt(inputs, 2)];
  const { inner } = around(table.shape, 0);
  const adds = attributes.get('reduction') === 'add';
  const result = table.data.slice();
  index.data.forEach((row, i) => {
    const to = checkRow(row, table.shape[0]!) * inner;
    for (let k = 0; k < inner; k++) result[to + k] = rows.data[i * inner + k]! + (adds ? result[to + k]! : 0);
  });
  return [valuesOf(result, table.shape)];
};

/** One number of each row. */
const gatherElements: Kernel = (inputs) => {
  const [x, index] = [inputAt(inputs, 0), inputAt(inputs, 1)];
  const length = lastOf(x);
  return [
    valuesOf(
      index.data.map((column, row) => x.data[row * length + checkRow(column, length)]!),
      index.shape,
    ),
  ];
};

/** A mask that follows from the seed: the same in every run. */
const dropout: Kernel = (inputs, node) => {
  const [x, rate] = [inputAt(inputs, 0), inputAt(inputs, 1).data[0]!];
  let state = numberOf(node, 'seed') >>> 0;
  const kept = x.data.map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Number(state / 2 ** 32 >= rate);
  });
  return [
    valuesOf(
      x.data.map((v, i) => (v * kept[i]!) / (1 - rate)),
      x.shape,
    ),
    valuesOf(kept, x.shape),
  ];
};

export const lookupKernels: Kernels = {
  Gather: gather,
  ScatterND: scatter,
  GatherElements: gatherElements,
  Dropout: dropout,
};
