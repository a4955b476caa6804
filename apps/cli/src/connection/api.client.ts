import { setTimeout as wait } from 'node:timers/promises';
import { CommandError } from '../exit-code.js';
import { ProblemError, problemOf } from './problem.error.js';

export interface ApiCall {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Ask again, a few times and as late as the server wishes, where it says that a retry can help. */
  readonly patient?: boolean;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
}

const RETRIES = 5;
const LONGEST_WAIT_MS = 60_000;

/** The calls of a server over HTTP. Answers are typed by the caller, who knows the contract. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly key?: string,
  ) {}

  /** Throws ProblemError where the server refuses, CommandError where nobody answers. */
  async call<T>(method: string, path: string, call: ApiCall = {}): Promise<T> {
    for (let tried = 0; ; tried++) {
      const response = await this.#fetch(method, path, call);
      const text = await response.text();
      if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
      const problem = problemOf(response.status, text);
      if (call.patient !== true || !problem.problem.retryable || tried >= RETRIES) throw problem;
      await wait(delayOf(response, tried), undefined, call.signal && { signal: call.signal });
    }
  }

  get<T>(path: string, call: ApiCall = {}): Promise<T> {
    return this.call('GET', path, call);
  }

  post<T>(path: string, body: unknown, call: ApiCall = {}): Promise<T> {
    return this.call('POST', path, { ...call, body });
  }

  /** An answer of any length as it comes. Throws as `call`. */
  async *stream(path: string, call: ApiCall = {}): AsyncGenerator<Buffer, void> {
    const response = await this.#fetch('GET', path, call);
    if (!response.ok || response.body === null) throw problemOf(response.status, await response.text());
    try {
      for await (const chunk of response.body) yield Buffer.from(chunk);
    } catch (error) {
      if (call.signal?.aborted === true) throw call.signal.reason;
      throw unreachable(this.url, error);
    }
  }

  async #fetch(method: string, path: string, { body, query = {}, signal }: ApiCall): Promise<Response> {
    const headers = {
      accept: 'application/json, application/x-ndjson',
      ...(this.key === undefined ? {} : { authorization: `Bearer ${this.key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    try {
      return await fetch(urlOf(this.url, path, query), { method, headers, ...sent, ...(signal && { signal }) });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw unreachable(this.url, error);
    }
  }
}

/** Whether an error is the server's refusal with this code. */
export const isProblem = (error: unknown, code: string): boolean =>
  error instanceof ProblemError && error.code === code;

function urlOf(base: string, path: string, query: NonNullable<ApiCall['query']>): URL {
  const url = new URL(`${base.replace(/\/+$/, '')}${path}`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

/** What `Retry-After` asks for, else longer each time. */
function delayOf(response: Response, tried: number): number {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const asked = Number.isFinite(seconds) ? seconds * 1000 : 250 * 2 ** tried;
  return Math.min(asked, LONGEST_WAIT_MS);
}

function unreachable(url: string, error: unknown): CommandError {
  const { cause } = error as { readonly cause?: { readonly code?: string; readonly message?: string } };
  return new CommandError(
    `no server answers at ${url} (${cause?.code ?? cause?.message ?? String(error)})`,
    'Start it with npm start, or name another with --url.',
  );
}
