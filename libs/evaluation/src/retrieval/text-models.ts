import type { OnnxPairEncoder, OnnxTextEncoder } from '@attune/inference';

/** A folder with a model of texts, and the languages it is for; the first of several is for all others. */
export interface TextModelFolder {
  readonly folder: string;
  /** As `en`, `zh`. */
  readonly languages: readonly string[];
}

/** What a search asks of a model that makes vectors of texts. */
export type TextEncoder = Pick<OnnxTextEncoder, 'dims' | 'metric' | 'embed' | 'close'>;
/** What it asks of one that reads a query and a text together. */
export type PairEncoder = Pick<OnnxPairEncoder, 'score' | 'close'>;

/** Opens models of texts. Rejects where a folder cannot be used. */
export interface TextModels {
  openEncoder(folder: string): Promise<TextEncoder>;
  openPairs(folder: string): Promise<PairEncoder>;
}
