/** Whether a text is asked with or found: some models put different words before each. */
export type TextRole = 'query' | 'document';

/** What a text encoder is, without its work: enough to name a vector space and its version. */
export interface TextEncoderInfo {
  /** Name of the space. */
  readonly id: string;
  /** SHA-256 (hex) of model, tokenizer and spec: vectors of equal digests are comparable. */
  readonly digest: string;
  /** Length of a vector. */
  readonly dims: number;
  readonly metric: 'cosine' | 'dot' | 'euclidean';
  readonly maxTokens: number;
}

/** A text embedding model in this thread. */
export interface OnnxTextEncoder extends TextEncoderInfo {
  /**
   * Vectors of the texts, row after row [texts × dims], of length 1 when the metric is cosine. Texts should have gone
   * through `cleanText`. Each is embedded alone at its own length, so its vector is the same, bit for bit, whatever
   * else is in the call. Each text holds the thread for its own time (2 ms for a title) and yields after it.
   * Rejects after `close`.
   */
  embed(texts: readonly string[], role: TextRole): Promise<Float32Array>;
  /**
   * Whether a word is one token of its vocabulary: common words of its language are, typos hardly ever. False for all
   * while the model is not open.
   */
  knows(word: string): boolean;
  /** Frees the model once running calls have ended. Safe to repeat. */
  close(): Promise<void>;
}
