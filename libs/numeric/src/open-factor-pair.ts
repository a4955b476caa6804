import { WasmFactorPair, wasmFactorPairFits } from './factor-pair.kernel.js';
import { PlainFactorPair } from './factor-pair.plain.js';
import { kernelsRun } from './wasm.kernels.js';
import type { FactorPair, FactorShape } from './factor-pair.js';

/**
 * In WebAssembly where the engine has it with SIMD and one memory (4 GiB) holds it, else in plain TypeScript.
 * @param threads which solve rows, the caller's among them: the same bits by any number of them. Default 1; plain
 * TypeScript has that one only.
 */
export function openFactorPair(shape: FactorShape, threads = 1): FactorPair {
  const fits = kernelsRun() && wasmFactorPairFits(shape, threads);
  return fits ? new WasmFactorPair(shape, threads) : new PlainFactorPair(shape);
}
