import type { LlmAsk, LlmContinuation } from '@attune/sdk';

/** What of an ask reaches a model. */
export type ModelAsk = Pick<LlmAsk, 'messages' | 'maxTokens' | 'schema'>;

/** Tokens read and written, as the model counts them. */
export interface TokenUsage {
  readonly input: number;
  readonly output: number;
}

export interface ModelAnswer {
  readonly text: string;
  readonly usage: TokenUsage;
}

export interface ModelLikelihoods {
  /** Mean log-probability of a token of `then`, natural, ≤ 0, `[continuations]`. */
  readonly logProbabilities: Float32Array;
  readonly usage: TokenUsage;
}

export interface ModelRelevance {
  /** How well each text answers the query, larger = better, without unit, `[texts]`. */
  readonly scores: Float32Array;
  readonly usage: TokenUsage;
}

/** A model that reads a query with texts; rejects as a `LanguageModel` does. */
export interface RelevanceModel {
  /** As of a `LanguageModel`. */
  readonly id: string;
  of(query: string, texts: readonly string[], signal: AbortSignal): Promise<ModelRelevance>;
}

/** A piece of an answer that is being written. */
export type ModelPiece = { readonly text: string } | { readonly usage: TokenUsage };

/**
 * A language model wherever it runs: behind an address or in a file. It knows no budget, cache or circuit; these are the desk's.
 * Every method rejects with a `ModelError`, or with the signal's reason once that aborts.
 */
export interface LanguageModel {
  /** Names model and place for logs and the cache's key; holds no secret. */
  readonly id: string;
  /** Behind an address, or run by this process. */
  readonly runs: 'service' | 'local';
  /** One answer, greedy (temperature 0). With a schema the text is JSON, as far as the model can be held to it. */
  answer(ask: ModelAsk, signal: AbortSignal): Promise<ModelAnswer>;
  /** The same piece by piece; the usage comes last. */
  stream(ask: ModelAsk, signal: AbortSignal): AsyncIterable<ModelPiece>;
  likelihood(continuations: readonly LlmContinuation[], signal: AbortSignal): Promise<ModelLikelihoods>;
  /** The re-ranking model at the same place; undefined where there is none. */
  readonly relevance?: RelevanceModel | undefined;
  /** Lets go of the model. Safe to repeat. */
  close(): Promise<void>;
}

/**
 * Why a model gave no answer: it cannot be reached or broke off (`unavailable`), asks to slow down (`busy`), refuses what is
 * asked (`refused`), or answered something that is none (`unusable`).
 */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  constructor(
    readonly kind: 'unavailable' | 'busy' | 'refused' | 'unusable',
    message: string,
    options: ErrorOptions & { readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
  /** How long the other side asks to be left alone, where it says so. */
  readonly retryAfterMs: number | undefined;
}
