import { broadcastShape, sumTo } from '../graph/broadcast.js';
import { zerosLike } from '../graph/gradients.js';
import type { Shape } from '../graph/shape.js';
import type { Tensor } from '../graph/tensor.js';

export interface GatherOptions {
  /** No row is asked for twice in one run: the way back is then a copy. Default false. */
  readonly distinct?: boolean;
}

/** Rows of a table [rows, ...] at int32 `index` of any shape: [...index, ...]. Rows outside the table fail the run. */
export function gather(table: Tensor, index: Tensor, { distinct = false }: GatherOptions = {}): Tensor {
  return table.graph.emit({
    op: 'Gather',
    inputs: [table, index],
    outputs: [{ shape: [...index.shape, ...table.shape.slice(1)], type: table.type }],
    attributes: { axis: { int: 0 } },
    backward: ([g]) => [scatter({ table: zerosLike(table), index, rows: g }, distinct ? 'none' : 'add')],
  })[0];
}

/** The table with `rows` [...index, ...] added to (`add`) or put in place of (`none`) those at `index`. No gradient. */
export function scatter(
  { table, index, rows }: { readonly table: Tensor; readonly index: Tensor; readonly rows: Tensor },
  reduction: 'add' | 'none',
): Tensor {
  const { graph } = table;
  const places = graph.emit({
    op: 'Cast',
    inputs: [addAxis(index, index.shape.length)],
    outputs: [{ shape: [...index.shape, 1], type: 'int64' }],
    attributes: { to: { int: 7 } },
  })[0];
  const outputs = [{ shape: table.shape, type: table.type }] as const;
  const attributes = { reduction: { text: reduction } };
  return graph.emit({ op: 'ScatterND', inputs: [table, places, rows], outputs, attributes })[0];
}

/** One number of each row of x [n, m]: column `index[i]` of row i, as [n, 1]. No gradient. */
export function pick(x: Tensor, index: Tensor): Tensor {
  const inputs = [x, addAxis(index, 1)];
  const shape = [...index.shape, 1];
  return x.graph.emit({ op: 'GatherElements', inputs, outputs: [{ shape }], attributes: { axis: { int: 1 } } })[0];
}

/** a where the condition (bool) holds, else b; shapes are matched as in `add`. */
export function where(condition: Tensor, a: Tensor, b: Tensor): Tensor {
  const { graph } = a;
  const shape = broadcastShape(condition.shape, broadcastShape(a.shape, b.shape));
  return graph.emit({
    op: 'Where',
    inputs: [condition, a, b],
    outputs: [{ shape }],
    backward: ([g]) => {
      const zero = graph.scalar(0);
      return [undefined, sumTo(where(condition, g, zero), a.shape), sumTo(where(condition, zero, g), b.shape)];
    },
  })[0];
}

/** Where a = b (bool); shapes are matched as in `add`. */
export function equal(a: Tensor, b: Tensor): Tensor {
  const outputs = [{ shape: broadcastShape(a.shape, b.shape), type: 'bool' }] as const;
  return a.graph.emit({ op: 'Equal', inputs: [a, b], outputs })[0];
}

/** An axis of length 1 at `axis`. No gradient. */
export function addAxis(x: Tensor, axis: number): Tensor {
  const shape: Shape = x.shape.toSpliced(axis, 0, 1);
  const inputs = [x, x.graph.integers([axis])];
  return x.graph.emit({ op: 'Unsqueeze', inputs, outputs: [{ shape, type: x.type }] })[0];
}
