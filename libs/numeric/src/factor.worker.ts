import { workerData } from 'node:worker_threads';
import type { FactorThread } from './factor.threads.js';
import { RowQueue } from './row.queue.js';
import { bindKernels } from './wasm.kernels.js';

// Given by startFactorThread.
const { memory, padded, sums, scratch, queue } = workerData as FactorThread;
const kernels = bindKernels(memory);
kernels.openFactors(padded, sums, scratch);
new RowQueue(queue).serve(kernels);
