import { openPairEncoder, type OnnxPairEncoder } from '@attune/inference';
import type { PairScorePort } from '@attune/sdk';
import { modelFolder } from '../config/load-config.js';

/** The cross-encoders that plugins asked for: one a folder, opened with the first pipeline that names it. */
export class PairScorers implements PairScorePort {
  readonly #opened = new Map<string, Promise<OnnxPairEncoder>>();

  /** `configFile`: what relative paths of models start from. */
  constructor(private readonly configFile: string) {}

  async open(model: string): ReturnType<PairScorePort['open']> {
    const folder = modelFolder(model, this.configFile);
    let opening = this.#opened.get(folder);
    if (opening === undefined) {
      opening = openPairEncoder(folder);
      this.#opened.set(folder, opening);
      // A folder that is mended while the server runs is tried again by the next pipeline that is loaded.
      opening.catch(() => this.#opened.delete(folder));
    }
    const encoder = await opening;
    return { score: (query, texts, call) => encoder.score(query, texts, call.deadline.signal) };
  }

  /** Frees the models once running calls have ended. */
  async close(): Promise<void> {
    await Promise.allSettled(Array.from(this.#opened.values(), async (opening) => (await opening).close()));
  }
}

/** For platforms without a configuration to find models by: every model is missing. */
export const NO_PAIR_SCORERS: PairScorePort = {
  open: (model) => Promise.reject(new Error(`model '${model}': no cross-encoder can be opened here`)),
};
