import { setTimeout as pause } from 'node:timers/promises';
import { Client, errors, type estypes } from '@elastic/elasticsearch';
import { AttuneError } from '@attune/sdk';

export interface ElasticsearchOptions {
  /** Where it is, credentials included: `http://user:password@host:9200`. */
  readonly url: string;
  /** Instead of a user and a password in the URL. */
  readonly apiKey?: string | undefined;
  /** What the names of all indices begin with. */
  readonly prefix: string;
  /** Shards of an index, default 1. */
  readonly shards?: number | undefined;
  /** How long after a change searches find it, default `1s`. */
  readonly refreshInterval?: string | undefined;
  /** After how many milliseconds a call is given up, default 10,000. */
  readonly requestTimeoutMs?: number | undefined;
}

/** The client hands these on to its sockets, `connect` too, which its types leave out. */
const SOCKETS = { connections: 64, connect: { timeout: 2_000 } };
/** Pauses before a call is made again, milliseconds. */
const BACKOFF_MS = [50, 250];
/** Nobody looked at the call: it can be made again whatever it does. */
const REFUSED = new Set([429]);
/** The server could not answer: a call that changes nothing can be made again. */
const BUSY = new Set([429, 502, 503, 504]);

/**
 * The one way to Elasticsearch: timeouts, retries and errors are decided here. Uses nothing that a stock server of any
 * licence lacks.
 */
export class ElasticsearchConnection {
  private readonly client: Client;

  constructor(readonly options: ElasticsearchOptions) {
    const requestTimeout = options.requestTimeoutMs ?? 10_000;
    this.client = new Client({
      node: options.url,
      requestTimeout,
      maxRetries: 0,
      agent: SOCKETS,
      ...(options.apiKey !== undefined && { auth: { apiKey: options.apiKey } }),
    });
  }

  /**
   * Makes a call that changes nothing, again where the server is busy.
   *
   * @throws AttuneError `STORE_UNAVAILABLE`
   */
  async read<T>(call: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await withRetries(() => call(this.client), isBusy);
    } catch (error) {
      throw unavailable(error);
    }
  }

  /**
   * Makes a call that changes something, again only where the server refused to look at it.
   *
   * @throws AttuneError `NOT_DURABLE`: what became of the change is unknown.
   */
  async write<T>(call: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await withRetries(() => call(this.client), isRefused);
    } catch (error) {
      throw notDurable(error);
    }
  }

  /**
   * Makes a call that changes something and may be made twice, again where the server is busy or its connection broke.
   *
   * @throws AttuneError `NOT_DURABLE`
   */
  async define<T>(call: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await withRetries(() => call(this.client), isBusy);
    } catch (error) {
      throw notDurable(error);
    }
  }

  /** A search that has answers of all shards or none. */
  async search<Document = unknown>(
    request: estypes.SearchRequest,
    signal?: AbortSignal,
  ): Promise<estypes.SearchResponse<Document>> {
    // Of a point in time it is said when that is opened.
    const whole = request.pit === undefined ? { allow_partial_search_results: false } : {};
    const response = await this.read((client) =>
      client.search<Document>({ ...request, ...whole }, signal === undefined ? {} : { signal }),
    );
    if (response.timed_out || response._shards.failed > 0) throw unavailable(new Error('some shards did not answer'));
    return response;
  }

  /** Resolves when searches find everything written to these indices before. */
  async refresh(index: string): Promise<void> {
    const { _shards } = await this.read((client) => client.indices.refresh({ index }));
    if ((_shards?.failed ?? 0) > 0) throw unavailable(new Error('some shards were not refreshed'));
  }

  /** Lets go of its sockets. */
  async close(): Promise<void> {
    await this.client.close();
  }
}

/** What a failed reading is answered with. */
export function unavailable(error: unknown): Error {
  if (error instanceof AttuneError || isWrong(error)) return error;
  return new AttuneError('STORE_UNAVAILABLE', `Elasticsearch: ${reasonOf(error)}`, { cause: error });
}

/** What a failed write is answered with. */
export function notDurable(error: unknown): AttuneError {
  if (error instanceof AttuneError) return error;
  return new AttuneError('NOT_DURABLE', `Elasticsearch: ${reasonOf(error)}`, { cause: error });
}

/** Whether the server answered with that status. */
export function hasStatus(error: unknown, status: number): boolean {
  const answer = error instanceof AttuneError ? error.cause : error;
  return answer instanceof errors.ResponseError && answer.statusCode === status;
}

/** A request the server does not understand is an error of ours that no retry mends. */
function isWrong(error: unknown): error is errors.ResponseError {
  return error instanceof errors.ResponseError && error.statusCode === 400;
}

function isBusy(error: unknown): boolean {
  if (error instanceof errors.ResponseError) return BUSY.has(error.statusCode ?? 0);
  return error instanceof errors.ConnectionError || error instanceof errors.NoLivingConnectionsError;
}

function isRefused(error: unknown): boolean {
  return error instanceof errors.ResponseError && REFUSED.has(error.statusCode ?? 0);
}

async function withRetries<T>(call: () => Promise<T>, mayRetry: (error: unknown) => boolean): Promise<T> {
  for (const ms of BACKOFF_MS) {
    try {
      return await call();
    } catch (error) {
      if (!mayRetry(error)) throw error;
      await pause(ms);
    }
  }
  return await call();
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]?.slice(0, 300) ?? '';
}
