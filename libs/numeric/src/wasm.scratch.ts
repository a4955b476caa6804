import { bindKernels, createMemory, growMemory, type Kernels, type WasmMemory } from './wasm.kernels.js';

/** A larger memory is not kept for the next call. */
const KEPT_BYTES = 2 ** 24;

interface Scratch {
  readonly memory: WasmMemory;
  readonly kernels: Kernels;
}

let kept: Scratch | undefined;

/** Kernels over at least `bytes` bytes of memory that calls share: what one leaves there is lost with the next. */
export function scratchKernels(bytes: number): Scratch {
  if (bytes > KEPT_BYTES) return openScratch(bytes);
  kept ??= openScratch(bytes);
  growMemory(kept.memory, bytes);
  return kept;
}

function openScratch(bytes: number): Scratch {
  const memory = createMemory(bytes);
  return { memory, kernels: bindKernels(memory) };
}
