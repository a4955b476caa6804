import { WasmFactorPair, wasmFactorPairFits } from './factor-pair.kernel.js';
import { PlainFactorPair } from './factor-pair.plain.js';
import { kernelsRun } from './wasm.kernels.js';
import type { FactorPair, FactorShape } from './factor-pair.js';

/**
 * In WebAssembly where the engine has it with SIMD and one memory (4 GiB) holds it, else in plain TypeScript.
 * @param threads which solve rows, the caller's among them: the same bits by any number of them; fewer where the memory has no
 * room for what each needs. Default 1; plain TypeScript has that one only.
 */
export function openFactorPair(shape: FactorShape, threads = 1): FactorPair {
  let most = threads;
  while (most > 1 && !wasmFactorPairFits(shape, most)) most -= 1;
  const fits = kernelsRun() && wasmFactorPairFits(shape, most);
  return fits ? new WasmFactorPair(shape, most) : new PlainFactorPair(shape);
}
