import type { LlmMessage } from '@attune/sdk';
import type { LanguageModel, TokenUsage } from '../language-model.js';
import type { LlmObserver, LlmRecord } from './llm-record.js';
import type { Spending } from './spending.js';

/** A call about to be sent. */
export interface Sending<R, T> {
  readonly tenant: string;
  /** Which one is asked. */
  readonly model: Pick<LanguageModel, 'id'>;
  readonly prompt: string;
  readonly sent: readonly LlmMessage[];
  readonly userId: string | undefined;
  readonly observer: LlmObserver;
  readonly spending: Spending;
  /** Most tokens that it can take, estimated. */
  readonly most: TokenUsage;
  run(signal: AbortSignal): Promise<R & { readonly usage: TokenUsage }>;
  /** What of the answer is wanted. @throws ModelError `unusable`: it is paid for all the same. */
  read(answer: R): T;
  /** Told of its account, also after nobody waits for it any more. */
  told(record: LlmRecord): void;
}

/** Sends calls in their turn, and accounts for them. */
export interface Sender {
  /** @throws PortError with the reason why it was not sent or has no answer. */
  send<R, T>(sending: Sending<R, T>): Promise<T>;
}
