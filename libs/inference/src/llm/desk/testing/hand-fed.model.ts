import type { LlmContinuation } from '@attune/sdk';
import type {
  LanguageModel,
  ModelAnswer,
  ModelAsk,
  ModelLikelihoods,
  ModelRelevance,
  RelevanceModel,
} from '../../language-model.js';

/** One ask that a test has to answer. */
export interface PendingAsk<T> {
  readonly signal: AbortSignal;
  resolve(answer: T): void;
  reject(reason: Error): void;
}

/** A model that answers when a test says so, and what it says. */
export class HandFedModel implements LanguageModel {
  readonly id = 'hand-fed';
  readonly runs = 'service';
  readonly asks: (ModelAsk & PendingAsk<ModelAnswer>)[] = [];
  readonly weighed: (PendingAsk<ModelLikelihoods> & { readonly continuations: readonly LlmContinuation[] })[] = [];
  readonly compared: (PendingAsk<ModelRelevance> & { readonly query: string; readonly texts: readonly string[] })[] =
    [];
  readonly relevance: RelevanceModel | undefined;
  closed = false;

  constructor({ ranks = true }: { readonly ranks?: boolean } = {}) {
    if (!ranks) return;
    const of: RelevanceModel['of'] = (query, texts, signal) =>
      pending(signal, (resolve, reject) => this.compared.push({ query, texts, signal, resolve, reject }));
    this.relevance = { id: 'hand-fed-ranks', of };
  }

  answer(ask: ModelAsk, signal: AbortSignal): Promise<ModelAnswer> {
    return pending(signal, (resolve, reject) => this.asks.push({ ...ask, signal, resolve, reject }));
  }

  likelihood(continuations: readonly LlmContinuation[], signal: AbortSignal): Promise<ModelLikelihoods> {
    return pending(signal, (resolve, reject) => this.weighed.push({ continuations, signal, resolve, reject }));
  }

  async *stream(): AsyncGenerator<never> {
    throw new Error('nothing is streamed here');
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

function pending<T>(
  signal: AbortSignal,
  take: (resolve: (answer: T) => void, reject: (reason: Error) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    take(resolve, reject);
  });
}
