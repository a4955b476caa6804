import type { Call } from '../blocks/call.js';
import type { JsonValue } from '../data/json.js';

/** One message of a prompt: instructions come from us alone, in `system`; what is quoted in others is data. */
export interface LlmMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What is asked of a language model. */
export interface LlmAsk {
  /** Id and version of the prompt, as `listwise@1`: in the cache's key, in metrics and in the log of what was sent. */
  readonly prompt: string;
  readonly messages: readonly LlmMessage[];
  /** Most tokens of the answer. */
  readonly maxTokens: number;
  /** JSON Schema that the answer has to fit; default plain text. What comes is not believed: parse it. */
  readonly schema?: Readonly<Record<string, JsonValue>> | undefined;
  /** Whose request it is: kept with the log of what was sent, so that erasing finds it, and never sent. */
  readonly userId?: string | undefined;
}

/** A text and what may come after it. */
export interface LlmContinuation {
  readonly given: string;
  readonly then: string;
}

/** What is asked of a language model's log-probabilities. */
export interface LlmLikelihoodAsk {
  /** As of `LlmAsk`. */
  readonly prompt: string;
  readonly continuations: readonly LlmContinuation[];
  /** As of `LlmAsk`. */
  readonly userId?: string | undefined;
}

/** Texts to be weighed against a query. */
export interface LlmRelevanceAsk {
  readonly query: string;
  readonly texts: readonly string[];
  /** As of `LlmAsk`. */
  readonly userId?: string | undefined;
}

/**
 * A language model within its budget of time, tokens and money. Answers are cached: an equal ask is answered at once. Every
 * method rejects with a `PortError` of an `LLM_…` code where there is no answer; let it through, and the slate names it.
 */
export interface Llm {
  /** Names the model: what is made with it follows from it, as from a trained one. */
  readonly model: string;
  /** Words and phrases that no text made with it may have where people read it: the server's `llm.blocked`. */
  readonly blocked: readonly string[];
  /** The answer's text. One that comes after the call's time is kept and answers the next equal ask. */
  answer(ask: LlmAsk, call: Call): Promise<string>;
  /**
   * Mean log-probability of a token of `then` after `given`, natural, ≤ 0, `[continuations]`. Each is cached alone; rejects
   * unless all are there in time.
   */
  likelihood(ask: LlmLikelihoodAsk, call: Call): Promise<Float32Array>;
  /**
   * How well each text answers the query, by the service's re-ranking model: larger = better, without unit, `[texts]`. Each is
   * cached alone; rejects unless all are there in time, and with `LLM_MISSING` where no such model is named.
   */
  relevance(ask: LlmRelevanceAsk, call: Call): Promise<Float32Array>;
}

/** Which models a purpose is for. */
export interface LlmOptions {
  /** `service`: behind an address, `local`: run by the server itself; default any. */
  readonly runs?: 'service' | 'local' | 'any' | undefined;
  /** Whether `relevance` is what it is opened for: rejects where the server has no re-ranking model. Default false. */
  readonly relevance?: boolean | undefined;
}

/** The language model that the server was started with. */
export interface LlmPort {
  /**
   * For one purpose, which has a circuit of its own: after five answers in a row that came too late it is not waited for.
   * Rejects with `LLM_MISSING` where the server has no such language model: the step then waits, and slates name it.
   */
  open(purpose: string, options?: LlmOptions): Promise<Llm>;
}
