import type { JobAnswer, SearchAnswer, SlateAnswer, SlateAsked, SuggestionAnswer } from './answers.js';

export interface HttpAnswer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** An event as a shop sends it. */
export interface EventSent {
  readonly id: string;
  readonly type: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly itemId?: string;
  readonly itemIds?: readonly string[];
  readonly query?: string;
  readonly at?: string;
}
export interface EventsReceipt {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly { readonly index: number; readonly code: string; readonly message: string }[];
}

/** Codes of what a busy machine had no time for: a store that stalls for a second counts as gone. */
export const WANT_OF_TIME: ReadonlySet<string> = new Set([
  'PLUGIN_TIMEOUT',
  'PLUGIN_CIRCUIT_OPEN',
  'DEADLINE_EXCEEDED',
  'LOAD_SHED',
  'PROFILE_UNAVAILABLE',
  'STORE_UNAVAILABLE',
]);
/** Too many at once, or not available: to be asked again, as the answer says. */
export const AGAIN: ReadonlySet<number> = new Set([429, 503]);

/** The calls of a shop, over HTTP and nothing else. */
export class HttpClient {
  constructor(
    readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The same server with an API key. */
  withKey(key: string): HttpClient {
    return new HttpClient(this.url, { authorization: `Bearer ${key}` });
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<HttpAnswer<T>> {
    const content =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { ...this.headers, 'content-type': 'application/json' } };
    const response = await fetch(`${this.url}${path}`, { method, headers: this.headers, ...content });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? undefined : JSON.parse(text)) as T,
      headers: response.headers,
    };
  }

  /** As `call`, again where the server asks for it; throws where the answer is a problem. */
  async expect<T>(method: string, path: string, body?: unknown): Promise<T> {
    let answer: HttpAnswer<T> | undefined;
    await until(`${method} ${path} to be taken`, async () => {
      answer = await this.call<T>(method, path, body);
      return !AGAIN.has(answer.status);
    });
    const { status, body: given } = answer!;
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(given)}`);
    return given;
  }

  /** Sends rows as newline-delimited JSON; throws where the answer is a problem. */
  async feed<T>(method: string, path: string, rows: Iterable<unknown>): Promise<T> {
    const body = Array.from(rows, (row) => `${JSON.stringify(row)}\n`).join('');
    const headers = { ...this.headers, 'content-type': 'application/x-ndjson' };
    const response = await fetch(`${this.url}${path}`, { method, headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  /** A slate from which nothing was left out for want of time. */
  slate(asked: SlateAsked): Promise<SlateAnswer> {
    return this.#inTime('POST', '/v1/recommendations', asked);
  }

  /** Search results from which nothing was left out for want of time. */
  search(asked: Omit<SlateAsked, 'surface'> & { readonly query: string }): Promise<SearchAnswer> {
    return this.#inTime('POST', '/v1/search', asked);
  }

  /** What is suggested for what is typed, best first. */
  async suggestions(query: Readonly<Record<string, string>>): Promise<readonly SuggestionAnswer[]> {
    const path = `/v1/suggest?${new URLSearchParams(query).toString()}`;
    return (await this.expect<{ suggestions: readonly SuggestionAnswer[] }>('GET', path)).suggestions;
  }

  /** Items like one of them, from which nothing was left out for want of time. */
  similar(id: string, query: { readonly limit?: number; readonly filter?: object } = {}): Promise<SlateAnswer> {
    const { limit = 10, filter } = query;
    const narrowed = filter === undefined ? '' : `&filter=${encodeURIComponent(JSON.stringify(filter))}`;
    return this.#inTime('GET', `/v1/items/${encodeURIComponent(id)}/similar?limit=${limit}${narrowed}`);
  }

  /** Asks until a busy machine had time for every plugin: what is looked at is the slate, not the machine. */
  async #inTime<T extends SlateAnswer>(method: string, path: string, body?: unknown): Promise<T> {
    let answer: T | undefined;
    await until(`a whole slate of ${path}`, async () => {
      answer = await this.expect<T>(method, path, body);
      return !answer.degraded.some(({ code }) => WANT_OF_TIME.has(code));
    });
    return answer!;
  }

  /** Sends events; every one must be taken. */
  async send(...events: readonly EventSent[]): Promise<EventsReceipt> {
    const receipt = await this.expect<EventsReceipt>('POST', '/v1/events', { events });
    if (receipt.rejected.length > 0) throw new Error(`rejected: ${JSON.stringify(receipt.rejected)}`);
    return receipt;
  }

  job(id: string): Promise<JobAnswer> {
    return this.expect('GET', `/v1/jobs/${id}`);
  }

  /** Resolves with the job once it has completed. */
  async completed(id: string): Promise<JobAnswer> {
    await until(`job ${id} to end`, async () => !['waiting', 'active'].includes((await this.job(id)).state));
    const job = await this.job(id);
    if (job.state !== 'completed') throw new Error(`job ${id} is ${job.state}: ${job.error ?? ''}`);
    return job;
  }

  /** Puts items into the catalogue and waits until they are embedded. */
  async putItems(items: readonly object[]): Promise<void> {
    const { accepted, jobId } = await this.expect<{ accepted: number; jobId: string }>('POST', '/v1/items', { items });
    if (accepted !== items.length) throw new Error(`${accepted} of ${items.length} items were accepted`);
    await this.completed(jobId);
  }
}

const POLL_MS = 20;
/** A guard against what never comes, not a measure: a busy machine may stand still for a while. */
export const PATIENCE_MS = 300_000;

/**
 * Resolves when the condition holds; rejects, saying what was waited for, after `PATIENCE_MS`. `pauseMs`: between two looks,
 * default 20; more where a look costs the servers a lot. `limitMs`: another limit, such as one after
 * which an answer would prove something else.
 */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { pauseMs = POLL_MS, limitMs = PATIENCE_MS }: { readonly pauseMs?: number; readonly limitMs?: number } = {},
): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
