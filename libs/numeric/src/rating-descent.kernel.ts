import { type Csr } from './csr.matrix.js';
import { bindKernels, createMemory, FIRST_FREE_BYTE, kernelsRun } from './wasm.kernels.js';

export interface DescentSteps {
  /** What biases are above. */
  readonly mean: number;
  readonly rate: number;
  readonly penalty: number;
  /** How often a step is added to a user's factor: as often as he has parameters that add up to it. */
  readonly gain: number;
}

/** Gradient steps over ratings. Arrays lie where the kernel works; factors may be padded with zeros. */
export interface RatingDescent {
  /** Numbers of a factor with its padding, >= dims. */
  readonly width: number;
  /** [items × width]. */
  readonly items: Float32Array;
  /** [items]. */
  readonly biases: Float32Array;
  /** [width]: of the user whose ratings are learned. */
  readonly factor: Float32Array;
  /** Moves `factor`, `items` and `biases` by each of the user's ratings in turn; from the user's bias to his new one. */
  learn(user: number, bias: number): number;
}

/** Descent over `ratings` [users × items]; in plain TypeScript where WebAssembly does not run, equal up to rounding. */
export function openRatingDescent(ratings: Csr, dims: number, steps: DescentSteps): RatingDescent {
  return kernelsRun() ? inKernel(ratings, dims, steps) : inPlain(ratings, dims, steps);
}

export function inKernel({ indptr, indices, values, cols }: Csr, dims: number, steps: DescentSteps): RatingDescent {
  const width = Math.ceil(dims / 4) * 4;
  const lengths = [cols * width, cols, width, indices.length, values.length];
  const starts = [FIRST_FREE_BYTE];
  for (const length of lengths) starts.push(Math.ceil((starts.at(-1)! + length * 4) / 64) * 64);
  const memory = createMemory(starts.at(-1)!);
  const floats = (part: number): Float32Array => new Float32Array(memory.buffer, starts[part], lengths[part]);
  const [itemsAt, biasesAt, factorAt, indicesAt, valuesAt] = [
    starts[0]!,
    starts[1]!,
    starts[2]!,
    starts[3]!,
    starts[4]!,
  ];
  new Int32Array(memory.buffer, indicesAt, indices.length).set(indices);
  floats(4).set(values);
  const kernels = bindKernels(memory);
  kernels.openDescent(itemsAt, biasesAt, width, steps.gain);
  kernels.setSteps(steps.mean, steps.rate, steps.penalty);
  const learn = (user: number, bias: number): number => {
    const start = indptr[user]!;
    const count = indptr[user + 1]! - start;
    return count === 0 ? bias : kernels.descend(factorAt, bias, indicesAt + start * 4, valuesAt + start * 4, count);
  };
  return { width, items: floats(0), biases: floats(1), factor: floats(2), learn };
}

export function inPlain({ indptr, indices, values, cols }: Csr, dims: number, steps: DescentSteps): RatingDescent {
  const { mean, rate, penalty, gain } = steps;
  const keep = 1 - rate * penalty;
  const items = new Float32Array(cols * dims);
  const biases = new Float32Array(cols);
  const factor = new Float32Array(dims);
  const learn = (user: number, bias: number): number => {
    for (let k = indptr[user]!; k < indptr[user + 1]!; k++) {
      const item = indices[k]!;
      const at = item * dims;
      let error = values[k]! - mean - bias - biases[item]!;
      for (let d = 0; d < dims; d++) error -= factor[d]! * items[at + d]!;
      bias += rate * (error - penalty * bias);
      biases[item]! += rate * (error - penalty * biases[item]!);
      for (let d = 0; d < dims; d++) {
        const a = factor[d]!;
        factor[d] = keep * a + gain * rate * error * items[at + d]!;
        items[at + d] = keep * items[at + d]! + rate * error * a;
      }
    }
    return bias;
  };
  return { width: dims, items, biases, factor, learn };
}
