import { setTimeout as wait } from 'node:timers/promises';
import { PortError, type Llm, type LlmPort } from '@attune/sdk';
import { callFor, inTime, type CallForOptions, type ServerCall } from '../llm/call-for.js';

/** Failures one after the other that say: there is no use in going on asking. */
const MOST_IN_A_ROW = 5;
/** How often, and how long, a call waits until it may be sent. */
const [RATE_TRIES, RATE_WAIT_MS] = [60, 1_000];
/** Nothing that is asked later on in a job has an answer either. */
const FINAL: ReadonlySet<string> = new Set(['LLM_MISSING', 'LLM_BUDGET_SPENT']);
/** Lines of a job's errors. */
const MOST_ERRORS = 20;
/** Asks at a time: of others' requests, as many pass in between. */
export const ASKS_AT_A_TIME = 4;

export interface AskedModelOptions extends CallForOptions {
  readonly signal: AbortSignal;
}

/** The language model as a job asks it: patiently, and no more once it is known to be of no use. */
export class AskedModel {
  /** Items it was asked about. */
  asked = 0;
  /** Items without an answer that could be had another time. */
  failed = 0;
  /** Items whose answer cannot be used. */
  unusable = 0;
  readonly errors: string[] = [];
  #inARow = 0;
  #stopped = false;

  private constructor(
    readonly llm: Llm,
    private readonly options: AskedModelOptions,
  ) {}

  /** What there is instead where there is no model, told with its code. */
  static async open(
    port: LlmPort,
    purpose: string,
    options: AskedModelOptions,
  ): Promise<AskedModel | { readonly code: string; readonly detail: string }> {
    try {
      return new AskedModel(await port.open(purpose), options);
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      return { code: error.code, detail: error.detail ?? '' };
    }
  }

  /** Whether asking may be of use still. */
  get isUseful(): boolean {
    return !this.#stopped;
  }

  /**
   * Asks about an item by its id. Where there is no answer that is counted and told; undefined where there may be one another
   * time, `unusable` where there would not. Rejects with the signal's reason.
   */
  async ask<T>(id: string, ask: (call: ServerCall) => Promise<T>, unusable: T): Promise<T | undefined> {
    this.options.signal.throwIfAborted();
    if (this.#stopped) {
      this.failed += 1;
      return undefined;
    }
    this.asked += 1;
    try {
      const answer = await this.#inTurn(ask);
      this.#inARow = 0;
      return answer;
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      this.#tell(id, error);
      return error.code === 'LLM_UNUSABLE' ? unusable : undefined;
    }
  }

  async #inTurn<T>(ask: (call: ServerCall) => Promise<T>): Promise<T> {
    const { signal } = this.options;
    for (let i = 1; ; i++) {
      const call = callFor(this.options);
      try {
        const answer = await inTime(ask(call), { ...call.deadline, signal });
        signal.throwIfAborted();
        return answer as T;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof PortError) || error.code !== 'LLM_RATE_LIMITED' || i >= RATE_TRIES) throw error;
        await wait(RATE_WAIT_MS, undefined, { signal });
      }
    }
  }

  #tell(id: string, { code, detail }: PortError): void {
    if (this.errors.length < MOST_ERRORS) this.errors.push(`item '${id}': ${code}${detail ? `, ${detail}` : ''}`);
    if (code === 'LLM_UNUSABLE') {
      this.unusable += 1;
      this.#inARow = 0;
      return;
    }
    this.failed += 1;
    this.#inARow += 1;
    if (FINAL.has(code) || this.#inARow >= MOST_IN_A_ROW) this.#stopped = true;
  }
}
