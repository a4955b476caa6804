import type { LlmCode, LlmMessage } from '@attune/sdk';
import type { TokenUsage } from '../language-model.js';

/** One call of a language model, as it is accounted for. */
export interface LlmRecord {
  readonly tenant: string;
  readonly prompt: string;
  readonly model: string;
  /** Epoch milliseconds: when it was sent. */
  readonly at: number;
  readonly ms: number;
  readonly usage: TokenUsage;
  /** In the currency of the prices. */
  readonly cost: number;
  readonly outcome: 'answered' | LlmCode;
  /** Whose request it was. */
  readonly userId: string | undefined;
  /** Exactly what left the process, personal data removed. */
  readonly sent: readonly LlmMessage[];
}

/** Who wants to know of calls, and of asks that needed none. */
export interface LlmObserver {
  /** After every call that was sent. */
  called(record: LlmRecord): void;
  /** An ask was answered from the cache. */
  cached(tenant: string, prompt: string): void;
}
