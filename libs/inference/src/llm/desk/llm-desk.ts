import { Breaker, PortError, type Clock, type LlmCode, type LlmPort, type SpendingStore } from '@attune/sdk';
import { JoinedSignal } from '../joined-signal.js';
import { ModelError, type LanguageModel, type TokenUsage } from '../language-model.js';
import { AnswerCache } from './answer.cache.js';
import { KeptAnswers } from './kept-answers.js';
import type { LlmLimits } from './llm-limits.js';
import type { LlmObserver, LlmRecord } from './llm-record.js';
import { NAME_RERANKER, Purpose, type TenantParts } from './purpose.js';
import { RateLimit } from './rate.limit.js';
import type { Sending } from './sending.js';
import { costOf, Spending } from './spending.js';
import { Turnstile } from './turnstile.js';

export interface LlmDeskParts {
  readonly model: LanguageModel;
  readonly limits: LlmLimits;
  readonly clock: Clock;
}

/** What a tenant brings to the desk. */
export interface TenantAtDesk {
  /** Where its spending is kept. */
  readonly spending: SpendingStore;
  /** Told of its calls, and of its asks that needed none. */
  readonly observer: LlmObserver;
}

/** The port of a tenant's plugins, and how what it keeps of answers is let go. */
export interface TenantLlm extends LlmPort {
  /** Answers that were kept. */
  forgetAnswers(): number;
}

const CODES: Readonly<Record<ModelError['kind'], LlmCode>> = {
  unavailable: 'LLM_UNAVAILABLE',
  refused: 'LLM_UNAVAILABLE',
  busy: 'LLM_RATE_LIMITED',
  unusable: 'LLM_UNUSABLE',
};

/**
 * Where everything that is asked of a language model goes through: budget, rate limits, circuit and turn of its calls, and
 * their account. Tenants share the model and its limits; budget and cached answers are each one's own.
 */
export class LlmDesk {
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  /** Of the model itself: after five failures in a row nothing is sent to it for five seconds. */
  readonly #circuit: Breaker;
  readonly #requests: RateLimit;
  readonly #tokens: RateLimit;
  readonly #turnstile: Turnstile;

  constructor(private readonly parts: LlmDeskParts) {
    const { clock, limits } = parts;
    this.#circuit = new Breaker(clock);
    this.#requests = new RateLimit(clock, limits.requestsPerMinute);
    this.#tokens = new RateLimit(clock, limits.tokensPerMinute);
    this.#turnstile = new Turnstile(limits.concurrency, limits.waiting);
  }

  /** What a tenant's plugins are handed. */
  of(tenant: string, { spending: store, observer }: TenantAtDesk): TenantLlm {
    const { model, limits, clock } = this.parts;
    const budget = limits.tenants.get(tenant) ?? limits.budget;
    const spending = new Spending(clock, store, { budget, prices: limits.prices });
    const answers = new KeptAnswers(new AnswerCache(clock, { entries: limits.cacheEntries, ms: limits.cacheMs }));
    const { blocked } = limits;
    const shared: TenantParts = { tenant, model, blocked, clock, observer, answers, spending, desk: this };
    return {
      forgetAnswers: () => answers.clear(),
      async open(purpose, { runs = 'any', relevance = false } = {}) {
        if (runs !== 'any' && runs !== model.runs)
          throw new PortError('LLM_MISSING', `${purpose} is for a ${runs} language model, this server has ${model.id}`);
        if (relevance && model.relevance === undefined)
          throw new PortError('LLM_MISSING', `${purpose} is for a re-ranking model: ${NAME_RERANKER}`);
        return new Purpose(shared);
      },
    };
  }

  /**
   * Sends a call in its turn and accounts for it, whether somebody still waits for it or not.
   * @throws PortError with the reason why it was not sent or has no answer.
   */
  async send<R, T>(sending: Sending<R, T>): Promise<T> {
    const call = this.#send(sending);
    this.#running.add(call);
    return call.finally(() => this.#running.delete(call));
  }

  /** Breaks off what is under way, and lets go of the model. */
  async close(): Promise<void> {
    this.#closing.abort(new ModelError('unavailable', 'the server is stopping'));
    await Promise.allSettled(this.#running);
    await this.parts.model.close();
  }

  async #send<R, T>(sending: Sending<R, T>): Promise<T> {
    const settle = await sending.spending.reserve(sending.most);
    let used = NOTHING_USED;
    const took = (usage: TokenUsage): void => void (used = usage);
    try {
      this.#keepRate(sending.most);
      return await this.#turnstile.through(() => {
        if (!this.#circuit.admits()) throw new PortError('LLM_CIRCUIT_OPEN', 'the language model failed repeatedly');
        return this.#call(sending, took);
      });
    } finally {
      settle(used);
    }
  }

  /** @throws PortError `LLM_RATE_LIMITED` */
  #keepRate({ input, output }: TokenUsage): void {
    const waitMs = Math.max(this.#requests.waitMs(1), this.#tokens.waitMs(input + output));
    if (waitMs > 0) throw new PortError('LLM_RATE_LIMITED', `the next call may be sent in ${Math.ceil(waitMs)} ms`);
    this.#requests.draw(1);
    this.#tokens.draw(input + output);
  }

  async #call<R, T>(sending: Sending<R, T>, took: (usage: TokenUsage) => void): Promise<T> {
    const { clock, limits } = this.parts;
    const { tenant, model, prompt, sent, userId, most, observer } = sending;
    const [at, began] = [clock.now(), clock.monotonic()];
    let usage = NOTHING_USED;
    const account = (outcome: LlmRecord['outcome']): void => {
      took(usage);
      this.#tokens.draw(usage.input + usage.output - most.input - most.output);
      const ms = clock.monotonic() - began;
      const cost = costOf(usage, limits.prices);
      const record: LlmRecord = { tenant, prompt, model: model.id, at, ms, usage, cost, outcome, userId, sent };
      sending.told(record);
      observer.called(record);
    };
    let timedOut: PortError | undefined;
    const time = new JoinedSignal([this.#closing.signal]);
    time.within(
      limits.timeoutMs,
      () => (timedOut = new PortError('LLM_UNAVAILABLE', `no answer within ${limits.timeoutMs} ms`)),
    );
    try {
      const answer = await sending.run(time.signal);
      usage = answer.usage;
      const value = sending.read(answer);
      this.#circuit.succeeded();
      account('answered');
      return value;
    } catch (error) {
      this.#circuit.missed();
      // What was cut off may have been paid for in full.
      if (timedOut !== undefined) usage = most;
      const told = timedOut ?? portErrorOf(error);
      account(told.code as LlmCode);
      throw told;
    } finally {
      time.end();
    }
  }
}

const NOTHING_USED: TokenUsage = { input: 0, output: 0 };

function portErrorOf(error: unknown): PortError {
  if (error instanceof ModelError) return new PortError(CODES[error.kind], error.message);
  return new PortError('LLM_UNAVAILABLE', error instanceof Error ? error.message : String(error));
}
