import { createHash } from 'node:crypto';
import { withoutPersonalData } from '@attune/language';
import {
  Breaker,
  PortError,
  type Call,
  type Clock,
  type Llm,
  type LlmAsk,
  type LlmContinuation,
  type LlmMessage,
  type LlmLikelihoodAsk,
  type LlmRelevanceAsk,
} from '@attune/sdk';
import type { LanguageModel } from '../language-model.js';
import { fittingAnswer } from './fitting-answer.js';
import type { KeptAnswers } from './kept-answers.js';
import type { LlmObserver, LlmRecord } from './llm-record.js';
import type { Sender } from './sending.js';
import type { Spending } from './spending.js';

/** What the purposes of one tenant share. */
export interface TenantParts {
  readonly tenant: string;
  readonly model: LanguageModel;
  readonly blocked: readonly string[];
  readonly clock: Clock;
  readonly observer: LlmObserver;
  readonly desk: Sender;
  readonly spending: Spending;
  readonly answers: KeptAnswers;
}

/** A caller is told that it is late while it can still say so. */
const MARGIN_MS = 2;
/** Characters that at least one token takes, in any language. */
const CHARS_PER_TOKEN = 2;
/** What asks for relevance are called where others have the id of their prompt. */
const RELEVANCE = 'relevance@1';
/** What is to be done where there is no re-ranking model. */
export const NAME_RERANKER = 'name one of the service in ATTUNE_LLM_RERANK_MODEL';

const late = new PortError('LLM_LATE', 'no answer yet; it is kept for the next equal request');

/**
 * A language model for one purpose of one tenant. What comes late is kept all the same, so that being late is a matter of
 * waiting alone: after five late answers in a row nobody waits for five seconds, while asks go on in the background.
 */
export class Purpose implements Llm {
  readonly #patience: Breaker;
  readonly model: string;
  readonly blocked: readonly string[];

  constructor(private readonly parts: TenantParts) {
    this.model = parts.model.id;
    this.blocked = parts.blocked;
    this.#patience = new Breaker(parts.clock);
  }

  async answer(ask: LlmAsk, call: Call): Promise<string> {
    const { prompt, maxTokens, schema, userId } = ask;
    const messages = ask.messages.map(({ role, content }) => ({ role, content: withoutPersonalData(content) }));
    const key = this.#keyOf([prompt, messages, maxTokens, schema]);
    const known = this.parts.answers.known(key);
    if (known !== undefined) {
      this.#tellCached(prompt, call);
      return String(known);
    }
    const flight = this.parts.answers.join(key, () =>
      this.parts.desk.send({
        ...this.parts,
        prompt,
        sent: messages,
        userId,
        most: { input: tokensIn(messages.map(({ content }) => content)), output: maxTokens },
        run: (signal) => this.parts.model.answer({ messages, maxTokens, schema }, signal),
        told: teller(call),
        read: ({ text }) => (schema === undefined ? text : fittingAnswer(text, schema)),
      }),
    );
    return String(await this.#inTime(flight, call));
  }

  async likelihood(ask: LlmLikelihoodAsk, call: Call): Promise<Float32Array> {
    const { prompt, userId } = ask;
    const clean = ask.continuations.map(({ given, then }): LlmContinuation => ({
      given: withoutPersonalData(given),
      then: withoutPersonalData(then),
    }));
    const keys = clean.map(({ given, then }) => this.#keyOf([prompt, given, then]));
    return this.#each({ prompt, keys }, call, (places) => {
      const continuations = places.map((i) => clean[i]!);
      const texts = continuations.map(({ given, then }) => given + then);
      return this.parts.desk.send({
        ...this.parts,
        prompt,
        userId,
        sent: texts.map(fromUser),
        most: { input: tokensIn(texts), output: continuations.length },
        run: (signal) => this.parts.model.likelihood(continuations, signal),
        told: teller(call),
        read: ({ logProbabilities }) => logProbabilities,
      });
    });
  }

  async relevance(ask: LlmRelevanceAsk, call: Call): Promise<Float32Array> {
    const { relevance } = this.parts.model;
    if (relevance === undefined) throw new PortError('LLM_MISSING', `there is no re-ranking model: ${NAME_RERANKER}`);
    const query = withoutPersonalData(ask.query);
    const clean = ask.texts.map((text) => withoutPersonalData(text));
    const keys = clean.map((text) => this.#keyOf([RELEVANCE, query, text]));
    return this.#each({ prompt: RELEVANCE, keys }, call, (places) => {
      const texts = places.map((i) => clean[i]!);
      return this.parts.desk.send({
        ...this.parts,
        model: relevance,
        prompt: RELEVANCE,
        userId: ask.userId,
        sent: [query, ...texts].map(fromUser),
        // Each text is read with the query.
        most: { input: tokensIn(texts.map((text) => query + text)), output: 0 },
        run: (signal) => relevance.of(query, texts, signal),
        told: teller(call),
        read: ({ scores }) => scores,
      });
    });
  }

  /** A number for each key, in time; `send` gets those of some places. */
  async #each(
    { prompt, keys }: { readonly prompt: string; readonly keys: readonly string[] },
    call: Call,
    send: (places: readonly number[]) => Promise<Float32Array>,
  ): Promise<Float32Array> {
    const { areKept, values } = this.parts.answers.each(keys, send);
    if (keys.length > 0 && areKept) this.#tellCached(prompt, call);
    return Float32Array.from(await this.#inTime(values, call), Number);
  }

  /** An ask was answered without a call. */
  #tellCached(prompt: string, call: Call): void {
    this.parts.observer.cached(this.parts.tenant, prompt);
    call.note('LLM_CACHED', prompt);
  }

  /** @throws PortError `LLM_LATE`, or `LLM_CIRCUIT_OPEN` where the last ones were late; or why there is no answer. */
  async #inTime<T>(flight: Promise<T>, { deadline }: Call): Promise<T> {
    flight.catch(() => undefined);
    if (!this.#patience.admits()) throw new PortError('LLM_CIRCUIT_OPEN', 'the last answers came too late');
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(late), Math.max(0, deadline.remainingMs() - MARGIN_MS));
    });
    try {
      const value = await Promise.race([flight, tooLate]);
      this.#patience.succeeded();
      return value;
    } catch (error) {
      if (error === late) this.#patience.missed();
      else this.#patience.spared();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #keyOf(parts: readonly unknown[]): string {
    return createHash('sha256')
      .update(JSON.stringify([this.parts.model.id, ...parts]))
      .digest('base64');
  }
}

/** Writes a call's account into the trace of whoever still waits for it. */
const teller =
  (call: Call) =>
  ({ prompt, model, usage, cost, ms, outcome }: LlmRecord): void =>
    call.note(
      'LLM_CALLED',
      `${prompt}, ${model}: ${outcome}, ${usage.input} + ${usage.output} tokens, cost ${cost}, ${Math.round(ms)} ms`,
    );

const fromUser = (content: string): LlmMessage => ({ role: 'user', content });

/** At most so many tokens: a guess from above, settled by what the model counts. */
const tokensIn = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + Math.ceil(Buffer.byteLength(text) / CHARS_PER_TOKEN), 0);
