import type { LlmMessage } from '@attune/sdk';
import type { ModelAnswer, ModelAsk, ModelPiece } from '../language-model.js';
import { RefusedError, saidBy } from './failures.js';
import type { HttpCalls } from './http-call.js';
import { chatEventSchema, chatSchema } from './openai.schema.js';
import { usageOf } from './usage.js';

/** What an endpoint takes of the ways to ask for the same. */
interface Manner {
  readonly format: 'json_schema' | 'json_object' | 'none';
  readonly limit: 'max_tokens' | 'max_completion_tokens';
}

const PATH = '/chat/completions';

/** Chats with one model. Where the endpoint refuses a way of asking it is asked in the next, which is remembered. */
export class Chat {
  private manner: Manner = { format: 'json_schema', limit: 'max_tokens' };

  constructor(
    private readonly calls: HttpCalls,
    private readonly model: string,
  ) {}

  async answer(ask: ModelAsk, signal: AbortSignal): Promise<ModelAnswer> {
    for (const tries = new Manners(this.manner, ask); ;) {
      try {
        const body = { ...this.body(ask, tries.manner), stream: false };
        const { choices, usage } = await this.calls.post(PATH, body, { schema: chatSchema, signal });
        this.keep(tries);
        const { content, refusal } = choices[0].message;
        if (content == null) throw this.without(refusal);
        return { text: content, usage: usageOf(usage, charactersOf(ask.messages), content.length) };
      } catch (error) {
        tries.next(error);
      }
    }
  }

  async *stream(ask: ModelAsk, signal: AbortSignal): AsyncGenerator<ModelPiece, void> {
    const read = (events: AsyncIterable<string>): AsyncIterable<ModelPiece> => this.pieces(ask, events);
    for (const tries = new Manners(this.manner, ask); ;) {
      try {
        const body = { ...this.body(ask, tries.manner), stream: true, stream_options: { include_usage: true } };
        yield* this.calls.stream(PATH, body, { read, signal });
        this.keep(tries);
        return;
      } catch (error) {
        tries.next(error);
      }
    }
  }

  private keep({ manner, stepped }: Manners): void {
    if (stepped) this.manner = manner;
  }

  private body({ messages, maxTokens, schema }: ModelAsk, { format, limit }: Manner): object {
    const formats = {
      json_schema: { type: 'json_schema', json_schema: { name: 'answer', schema, strict: true } },
      json_object: { type: 'json_object' },
      none: undefined,
    };
    const held = schema === undefined ? undefined : formats[format];
    return {
      model: this.model,
      messages: messages.map(({ role, content }) => ({ role, content })),
      temperature: 0,
      [limit]: maxTokens,
      ...(held && { response_format: held }),
    };
  }

  private async *pieces(ask: ModelAsk, events: AsyncIterable<string>): AsyncGenerator<ModelPiece, void> {
    let [written, ended] = [0, false];
    let said: unknown;
    for await (const data of events) {
      if (data.trim() === '[DONE]') {
        ended = true;
        break;
      }
      const { choices, usage, error } = this.calls.parsed(PATH, chatEventSchema, data);
      if (error != null)
        throw this.calls.passing(
          PATH,
          `the stream ended after ${written} characters with ${saidBy(data) || 'an error'}`,
        );
      said = usage ?? said;
      const { delta, finish_reason: finish } = choices?.[0] ?? {};
      ended ||= finish != null;
      const text = delta?.content ?? '';
      if (text === '') continue;
      written += text.length;
      yield { text };
    }
    // Some endpoints end without [DONE]; one that said why it stopped has said all.
    if (!ended) throw this.calls.passing(PATH, `the stream was cut after ${written} characters`);
    yield { usage: usageOf(said, charactersOf(ask.messages), written) };
  }

  private without(refusal: string | null | undefined): Error {
    if (refusal == null || refusal === '') return this.calls.unusable(PATH, 'its answer has no text');
    return this.calls.refused(PATH, `the model declines: ${refusal}`);
  }
}

const FORMAT = /response_?format|json_?(schema|object)|structured|guided|grammar|schema/i;

/** The ways to ask, one after the other. */
class Manners {
  stepped = false;
  private because: RefusedError | undefined;

  constructor(
    public manner: Manner,
    private readonly ask: ModelAsk,
  ) {}

  /** Goes on to the next way, or throws where the error says nothing of the way. */
  next(error: unknown): void {
    if (!(error instanceof RefusedError) || (error.status !== 400 && error.status !== 422)) throw error;
    const { format, limit } = this.manner;
    if (limit === 'max_tokens' && error.detail.includes('max_tokens')) {
      this.because = error;
      this.manner = { format, limit: 'max_completion_tokens' };
    } else if (this.ask.schema !== undefined && format !== 'none' && FORMAT.test(error.detail)) {
      this.manner = { format: format === 'json_schema' ? 'json_object' : 'none', limit };
    } else {
      // An endpoint that knows the old name alone meant the number with its first refusal.
      throw error.detail.includes('max_completion_tokens') ? (this.because ?? error) : error;
    }
    this.stepped = true;
  }
}

const charactersOf = (messages: readonly LlmMessage[]): number =>
  messages.reduce((sum, { content }) => sum + content.length, 0);
