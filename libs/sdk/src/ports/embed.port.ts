import type { Call } from '../blocks/call.js';

/** Query texts to vectors, cached by text. */
export interface EmbedPort {
  /** Unit row `[dims]` of the space's embedder. Rejects with `SPACE_UNKNOWN` for a space nobody fills. */
  query(space: string, text: string, call: Call): Promise<Float32Array>;
}
