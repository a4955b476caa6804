import type { LlmContinuation } from '@attune/sdk';
import type { ModelLikelihoods, TokenUsage } from '../language-model.js';
import { RefusedError } from './failures.js';
import type { HttpCalls } from './http-call.js';
import { JoinedSignal } from '../joined-signal.js';
import { completionSchema, logProbabilitiesSchema } from './openai.schema.js';
import { meanOfThen } from './then-tokens.js';
import { usageOf } from './usage.js';

const PATH = '/completions';

/** Continuations of one call. */
const MOST_A_CALL = 16;

const FIX = 'likelihoods need an endpoint whose /completions takes "echo" with "logprobs", such as vLLM';

interface Told {
  readonly means: readonly number[];
  readonly usage: TokenUsage;
}

/** Log-probabilities of one model. What the endpoint does not take of a call is remembered. */
export class Likelihood {
  /** Fewest tokens that the endpoint writes: some refuse 0. */
  private fewest: 0 | 1 = 0;
  private alone = false;

  constructor(
    private readonly calls: HttpCalls,
    private readonly model: string,
  ) {}

  async of(continuations: readonly LlmContinuation[], signal: AbortSignal): Promise<ModelLikelihoods> {
    // Nothing is certain to follow.
    const logProbabilities = new Float32Array(continuations.length);
    const asked = continuations.flatMap(({ given, then }, row) => (then === '' ? [] : [{ given, then, row }]));
    let usage: TokenUsage = { input: 0, output: 0 };
    for (let first = 0; first < asked.length; first += MOST_A_CALL) {
      const part = asked.slice(first, first + MOST_A_CALL);
      const told = await this.part(part, signal);
      part.forEach(({ row }, i) => (logProbabilities[row] = told.means[i]!));
      usage = sum([usage, told.usage]);
    }
    return { logProbabilities, usage };
  }

  private async part(continuations: readonly LlmContinuation[], signal: AbortSignal): Promise<Told> {
    for (;;) {
      const { fewest, alone } = this;
      try {
        return await (alone && continuations.length > 1
          ? this.each(continuations, signal)
          : this.call(continuations, fewest, signal));
      } catch (error) {
        if (!(error instanceof RefusedError) || error.status === 401 || error.status === 403) throw error;
        const shape = error.status === 400 || error.status === 422;
        if (shape && fewest === 0 && error.detail.includes('max_tokens')) this.fewest = 1;
        else if (shape && !alone && continuations.length > 1 && ONE_PROMPT.test(error.detail)) this.alone = true;
        else throw new RefusedError(error.status, error.detail, `${error.message}; ${FIX}`);
      }
    }
  }

  /** One call each, at once; where one fails the others end. */
  private async each(continuations: readonly LlmContinuation[], signal: AbortSignal): Promise<Told> {
    const failed = new AbortController();
    const joined = new JoinedSignal([signal, failed.signal]);
    try {
      const { fewest } = this;
      const told = await Promise.all(continuations.map((one) => this.call([one], fewest, joined.signal)));
      return { means: told.flatMap(({ means }) => means), usage: sum(told.map(({ usage }) => usage)) };
    } finally {
      failed.abort();
      joined.end();
    }
  }

  private async call(continuations: readonly LlmContinuation[], fewest: 0 | 1, signal: AbortSignal): Promise<Told> {
    const prompts = continuations.map(({ given, then }) => given + then);
    const prompt = prompts.length === 1 ? prompts[0] : prompts;
    // Not `logprobs: 0`, which some take for false.
    const body = { model: this.model, prompt, echo: true, logprobs: 1, max_tokens: fewest, temperature: 0 };
    const { choices, usage } = await this.calls.post(PATH, body, { schema: completionSchema, signal });
    const means = new Array<number>(prompts.length).fill(NaN);
    for (const { index, text, logprobs } of choices) {
      const continuation = continuations[index];
      if (continuation === undefined || !Number.isNaN(means[index]))
        throw this.calls.unusable(PATH, `choice ${index} comes twice or was not asked for`);
      means[index] = this.mean(continuation, text, logprobs);
    }
    const missing = means.findIndex(Number.isNaN);
    if (missing >= 0) throw this.calls.unusable(PATH, `choice ${missing} is missing`);
    return { means, usage: usageOf(usage, prompts.join('').length, 0) };
  }

  private mean(continuation: LlmContinuation, text: string, logprobs: unknown): number {
    const listed = typeof logprobs === 'object' && logprobs !== null && 'text_offset' in logprobs;
    if (!listed || !text.startsWith(continuation.given + continuation.then))
      throw this.calls.refused(PATH, `it does not tell a prompt's tokens; ${FIX}`);
    const parsed = logProbabilitiesSchema.safeParse(logprobs);
    const mean = parsed.success ? meanOfThen(continuation, parsed.data) : undefined;
    if (mean === undefined) throw this.calls.unusable(PATH, 'its log-probabilities are none of the tokens asked for');
    return mean;
  }
}

/** How endpoints say that they take one prompt a call. */
const ONE_PROMPT = /\b(array|list|string|batch(es|ing)?|multiple|single)\b/i;

const sum = (usages: readonly TokenUsage[]): TokenUsage => ({
  input: usages.reduce((all, { input }) => all + input, 0),
  output: usages.reduce((all, { output }) => all + output, 0),
});
