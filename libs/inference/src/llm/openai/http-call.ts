import type { z } from 'zod';
import { ModelError } from '../language-model.js';
import { Backoff, type Pacing } from './backoff.js';
import { eventsOf } from './event-stream.js';
import { failureOf, PassingError, retryAfterOf, saidBy, shortened } from './failures.js';
import { JoinedSignal } from '../joined-signal.js';
import { codeOf, readText } from './response-text.js';
import { maskOf } from './secrets.js';

export interface HttpCallsOptions {
  /** Base address, without credentials. */
  readonly url: URL;
  /** Visible ASCII: another character would show the key in an error of `fetch`. */
  readonly key: string | undefined;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly pacing: Pacing;
}

/** Most bytes of an answer, unpacked, and of an error's text. */
const [MAX_BYTES, MAX_ERROR_BYTES] = [4 * 1024 * 1024, 64 * 1024];

/** Calls of one endpoint: JSON to JSON or to a stream, each try limited in time, tried again where that can help. */
export class HttpCalls {
  private readonly closing = new AbortController();
  private readonly masked: (text: string) => string;

  constructor(private readonly options: HttpCallsOptions) {
    // A parameter of the address may be a key as well; short ones, such as a version's, tell nothing.
    const parameters = [...options.url.searchParams.values()].filter((value) => value.length >= 8);
    this.masked = maskOf([options.key ?? '', ...parameters]);
  }

  /** What a path answers, parsed. */
  async post<T>(
    path: string,
    body: object,
    { schema, signal }: { schema: z.ZodType<T>; signal: AbortSignal },
  ): Promise<T> {
    const call = new JoinedSignal([signal, this.closing.signal]);
    const backoff = new Backoff(this.options.retries, this.options.pacing, call.signal);
    try {
      for (;;) {
        try {
          return this.parsed(path, schema, await this.text(path, body, call.signal));
        } catch (error) {
          await backoff.after(error);
        }
      }
    } finally {
      call.end();
    }
  }

  /** What `read` makes of the events of a stream. Not tried again once something was given out. */
  async *stream<T>(
    path: string,
    body: object,
    { read, signal }: { read(events: AsyncIterable<string>): AsyncIterable<T>; signal: AbortSignal },
  ): AsyncGenerator<T, void> {
    const call = new JoinedSignal([signal, this.closing.signal]);
    const backoff = new Backoff(this.options.retries, this.options.pacing, call.signal);
    let given = false;
    try {
      for (;;) {
        try {
          for await (const piece of read(this.events(path, body, call.signal))) {
            given = true;
            yield piece;
          }
          return;
        } catch (error) {
          if (given) throw error;
          await backoff.after(error);
        }
      }
    } finally {
      call.end();
    }
  }

  /** Parsed JSON in the shape that is expected. @throws ModelError `unusable` */
  parsed<T>(path: string, schema: z.ZodType<T>, text: string): T {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      // Without its cause: that quotes the text, which may hold the key.
      throw this.unusable(path, 'what it answers is no JSON');
    }
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    const issues = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw this.unusable(path, `what it answers has another shape: ${issues.join('; ')}`);
  }

  unusable(path: string, problem: string): ModelError {
    return new ModelError('unusable', this.about(path, problem));
  }

  refused(path: string, problem: string): ModelError {
    return new ModelError('refused', this.about(path, problem));
  }

  /** Something that may pass. */
  passing(path: string, problem: string): ModelError {
    return new PassingError('unavailable', this.about(path, problem));
  }

  /** Ends what is under way; later calls reject. Safe to repeat. */
  close(): void {
    this.closing.abort(new ModelError('unavailable', `the model at ${this.place('')} is closed`));
  }

  private async text(path: string, body: object, signal: AbortSignal): Promise<string> {
    const limit = this.limit(path, signal);
    try {
      const response = await this.send(path, body, limit.signal);
      return (await readText(response, MAX_BYTES)) ?? this.tooBig(path);
    } catch (error) {
      throw this.told(path, error, limit.signal);
    } finally {
      limit.end();
    }
  }

  private async *events(path: string, body: object, signal: AbortSignal): AsyncGenerator<string, void> {
    const limit = this.limit(path, signal);
    let begun = false;
    try {
      const response = await this.send(path, body, limit.signal);
      begun = true;
      if (!response.headers.get('content-type')?.toLowerCase().startsWith('text/event-stream')) {
        await response.body?.cancel();
        throw this.unusable(path, 'it answers in one piece where a stream was asked for');
      }
      for await (const events of eventsOf(response, MAX_BYTES)) {
        if (events === undefined) this.tooBig(path);
        // Time that whoever reads takes is not the endpoint's.
        limit.rest();
        yield* events;
        limit.within(this.options.timeoutMs, () => this.late(path));
      }
    } catch (error) {
      // A stream that breaks ends: whoever reads it knows whether all was said.
      if (begun && !limit.signal.aborted && !(error instanceof ModelError)) return;
      throw this.told(path, error, limit.signal);
    } finally {
      limit.end();
    }
  }

  private async send(path: string, body: object, signal: AbortSignal): Promise<Response> {
    const { url, key, pacing } = this.options;
    const address = new URL(url);
    address.pathname += path;
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
      body: JSON.stringify(body),
      // A key is not sent elsewhere: a redirect comes back as it is, and is an error.
      redirect: 'manual',
      signal,
    });
    if (response.ok) return response;
    const said = this.masked(saidBy((await readText(response, MAX_ERROR_BYTES)) ?? ''));
    const retryAfterMs = retryAfterOf(response.headers.get('retry-after'), pacing.clock.now());
    throw failureOf({ status: response.status, place: this.place(path), said, retryAfterMs });
  }

  private limit(path: string, signal: AbortSignal): JoinedSignal {
    const limit = new JoinedSignal([signal]);
    limit.within(this.options.timeoutMs, () => this.late(path));
    return limit;
  }

  private late(path: string): Error {
    return this.passing(path, `no answer within ${this.options.timeoutMs} ms`);
  }

  private tooBig(path: string): never {
    throw this.unusable(path, `its answer has more than ${MAX_BYTES} bytes`);
  }

  /** Secrets go first: the rest of one that was cut could not be found. */
  private about(path: string, problem: string): string {
    return shortened(`${this.place(path)}: ${this.masked(problem)}`);
  }

  private place(path: string): string {
    return `${this.options.url.origin}${this.options.url.pathname}${path}`;
  }

  /** What went wrong: the signal's reason, what was told already, or the network. */
  private told(path: string, error: unknown, signal: AbortSignal): unknown {
    if (signal.aborted) return signal.reason;
    return error instanceof ModelError ? error : this.passing(path, `cannot be reached (${codeOf(error)})`);
  }
}
