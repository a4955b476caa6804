import type { LlmContinuation } from '@attune/sdk';
import type { ModelAnswer, ModelAsk, ModelError, ModelLikelihoods } from '../language-model.js';

/** What the process is started with; its first message. */
export interface GgufStart {
  readonly file: string;
  /** 1–64. */
  readonly threads: number;
  /** Most tokens of a prompt and its answer together. */
  readonly contextTokens: number;
  /** Folders that may have `node_modules/node-llama-cpp`, the first that has it is taken; after them, as Node resolves it. */
  readonly packages: readonly string[];
}

/** A piece of work for the process; done in order. */
export type GgufJob =
  | { readonly kind: 'answer'; readonly ask: ModelAsk; readonly pieces: boolean }
  | { readonly kind: 'likelihood'; readonly continuations: readonly LlmContinuation[] };

/** What the process is told after its start. What is stopped is not answered. */
export type GgufRequest =
  { readonly kind: 'job'; readonly id: number; readonly job: GgufJob } | { readonly kind: 'stop'; readonly id: number };

/** What the process says: once `ready` or `refused`, then pieces (where they were asked for) and one end of each job. */
export type GgufReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'piece'; readonly id: number; readonly text: string }
  | { readonly kind: 'done'; readonly id: number; readonly result: ModelAnswer | ModelLikelihoods }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ModelError['kind']; readonly message: string };
