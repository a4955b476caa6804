import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { relativeError, uniform } from './fixtures/dense.js';
import { withoutSharedMemory } from './fixtures/without-web-assembly.js';
import { WasmFactorPair } from './factor-pair.kernel.js';
import type { RowPiece } from './factor-pair.js';
import { startFactorThread } from './factor.threads.js';
import { RowQueue } from './row.queue.js';
import { bindKernels, createSharedMemory, FIRST_FREE_BYTE, type Kernels } from './wasm.kernels.js';

const job = { own: 1, others: 2, offsets: 3, indices: 4, values: 5, ridges: 6, steps: 7 };

/** Kernels that note which rows they are given, whose sums are those rows and their squares. */
function noting(rows: number[]): Kernels {
  let last: number[] = [];
  const solveRows: Kernels['solveRows'] = (own, from, to, ...others) => {
    expect([own, ...others]).toEqual([1, 2, 3, 4, 5, 6, 7]);
    last = Array.from({ length: to - from }, (_, i) => from + i);
    rows.push(...last);
  };
  const sumOf = (power: number) => (): number => last.reduce((sum, row) => sum + row ** power, 0);
  return { ...({} as Kernels), solveRows, explainedByRows: sumOf(1), penaltyOfRows: sumOf(2) };
}

describe('RowQueue', () => {
  it.each([0, 1, 5, 16, 17, 100])('gives each of %i rows out once', (count) => {
    const queue = new RowQueue();
    // Twice, so that a second piece comes after the first.
    for (let piece = 0; piece < 2; piece++) {
      const rows: number[] = [];
      queue.put(
        job,
        Int32Array.from({ length: count + 1 }, (_, i) => 7 + i * i),
        3,
      );
      queue.drain(noting(rows));
      const expected = Array.from({ length: count }, (_, i) => i);
      expect(rows).toEqual(expected);
      const [explained, penalty] = [1, 2].map((power) => expected.reduce((sum, row) => sum + row ** power, 0));
      expect(queue.finish()).toEqual({ explained, penalty });
    }
  });

  it('parts rows by what they cost', () => {
    const parts: number[] = [];
    const queue = new RowQueue();
    // The first row has as many entries as all others together.
    queue.put(
      job,
      Int32Array.from({ length: 101 }, (_, i) => (i === 0 ? 0 : 99 + i)),
      1,
    );
    queue.drain({ ...noting([]), solveRows: (_, from, to) => parts.push(to - from) });
    expect(parts.filter((rows) => rows > 0)[0]).toBe(1);
    expect(Math.max(...parts)).toBeLessThan(20);
    expect(parts.reduce((sum, rows) => sum + rows, 0)).toBe(100);
  });

  it('tells all threads that one has failed', () => {
    const queue = new RowQueue();
    queue.put(job, Int32Array.of(0, 1), 1);
    const solveRows = (): never => {
      throw new Error('out of bounds');
    };
    for (let part = 0; part < 16; part++)
      expect(() => queue.drain({ ...noting([]), solveRows })).toThrow('out of bounds');
    expect(() => queue.finish()).toThrow('a thread of the kernels has failed');
  });
});

const DIMS = 16;
const ROWS = 90;

function piece(): RowPiece {
  const random = uniform(4);
  const offsets = Int32Array.from({ length: ROWS + 1 }, (_, r) => r * 5);
  return {
    first: 0,
    offsets,
    indices: Int32Array.from({ length: ROWS * 5 }, (_, k) => (k * 11) % ROWS),
    values: Float32Array.from({ length: ROWS * 5 }, () => 0.5 + random()),
    ridges: new Float32Array(ROWS).fill(0.7),
  };
}

const factors = (seed: number): Float32Array => {
  const random = uniform(seed);
  return Float32Array.from({ length: ROWS * DIMS }, () => random() - 0.5);
};

function solvedBy(count: number) {
  const pair = new WasmFactorPair({ rows: ROWS, columns: ROWS, dims: DIMS }, count);
  try {
    pair.write('rows', factors(1));
    pair.write('columns', factors(2));
    pair.gram('columns', 0.3);
    const sums = [2, 0, 3].map((steps) => pair.solve('rows', piece(), steps));
    pair.gram('rows', 0.3);
    const others = pair.solve('columns', piece(), 2);
    return { sums, others, rows: pair.read('rows'), columns: pair.read('columns') };
  } finally {
    pair.close();
  }
}

/** What a process prints that works with the built library; it has to end by itself. */
function printedBy(work: string): string {
  const library = JSON.stringify(join(__dirname, '..', 'dist'));
  const script = work.replaceAll('LIBRARY', library);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { timeout: 30_000, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

describe('threads of a factor pair', () => {
  it('give the same bits by any number of them', () => {
    const results = [1, 2, 3].map(solvedBy);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it('are as many as can be had: none where none can be made, or memory cannot be shared', () => {
    const alone = solvedBy(1);
    // What `import` gives is a copy.
    const threads = jest.requireActual<typeof import('node:worker_threads')>('node:worker_threads');
    const made = jest.spyOn(threads, 'Worker').mockImplementation(() => {
      throw new Error('ERR_WORKER_INIT_FAILED');
    });
    try {
      expect(solvedBy(3)).toEqual(alone);
      expect(made).toHaveBeenCalledTimes(2);
      expect(withoutSharedMemory(() => solvedBy(3))).toEqual(alone);
      expect(made).toHaveBeenCalledTimes(2);
    } finally {
      made.mockRestore();
    }
  });

  it('solve rows by themselves', () => {
    const memory = createSharedMemory(2 * FIRST_FREE_BYTE + 2 ** 16);
    const queue = new RowQueue();
    const at = (byte: number): number => FIRST_FREE_BYTE + byte;
    const [sums, scratch, own, entry] = [at(0), at(1024), at(8192), at(8256)];
    startFactorThread({ memory, padded: 8, sums, scratch, queue: queue.buffer });
    const kernels = bindKernels(memory);
    kernels.openFactors(8, sums, scratch);
    // One row with one entry of value 2, whose factor has a 3 only; ridge 1: x = 2 × 3 / (2 × 9 + 1).
    new Float32Array(memory.buffer, entry, 8)[0] = 3;
    new Int32Array(memory.buffer, entry + 32, 3).set([0, 1, 0]);
    new Float32Array(memory.buffer, entry + 44, 2).set([2, 1]);
    queue.put(
      {
        own,
        others: entry,
        offsets: entry + 32,
        indices: entry + 40,
        values: entry + 44,
        ridges: entry + 48,
        steps: 0,
      },
      Int32Array.of(0, 1),
      1,
    );
    const { explained, penalty } = queue.finish();
    queue.close();
    const x = 6 / 19;
    expect(relativeError(new Float32Array(memory.buffer, own, 8).slice(), [x, 0, 0, 0, 0, 0, 0, 0])).toBeLessThan(1e-6);
    expect(explained).toBeCloseTo(6 * x, 5);
    expect(penalty).toBeCloseTo(x * x, 5);
  });

  it('end when the pair is closed: a process that has nothing else to do ends, too', () => {
    printedBy('require(LIBRARY).openFactorPair({ rows: 1, columns: 1, dims: 1 }, 3).close()');
  });

  it('end where a further one could not be made', () => {
    const refuseSecond = `
      const threads = require('node:worker_threads');
      let asked = 0;
      threads.Worker = class extends threads.Worker {
        constructor(...given) {
          if (++asked === 2) throw new Error('ERR_WORKER_INIT_FAILED');
          super(...given);
        }
      };
      require(LIBRARY).openFactorPair({ rows: 1, columns: 1, dims: 1 }, 4).close();
      console.log(asked);`;
    expect(printedBy(refuseSecond)).toBe('3\n');
  });
});
