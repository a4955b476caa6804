import type { Call } from '../blocks/call.js';

/** Reads a query and a text together and says how well the one answers the other. */
export interface PairScorer {
  /**
   * One logit a text `[texts]`, larger = fits better, without unit; a pair's does not depend on the others. Long texts
   * lose their end. Rejects once the call's time is over.
   */
  score(query: string, texts: readonly string[], call: Call): Promise<Float32Array>;
}

/** Models that read pairs of texts (cross-encoders), by their folder. */
export interface PairScorePort {
  /**
   * Opens a model once, for all who ask: a bundled one by name, else a path relative to the configuration. Rejects with
   * the folder, the cause and the fix where it cannot be used.
   */
  open(model: string): Promise<PairScorer>;
}
