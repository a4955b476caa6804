import { ModelError, type LanguageModel, type RelevanceModel } from '../language-model.js';
import { REAL_PACING, type Pacing } from './backoff.js';
import { Chat } from './chat.js';
import { HttpCalls } from './http-call.js';
import { Likelihood } from './likelihood.js';
import { embed, rerank, type ModelEmbeddings } from './vectors.js';

export interface OpenAiModelOptions {
  /** Base address of the API, such as `http://127.0.0.1:8000/v1`; a query, as some clouds need it, goes with every call. */
  readonly url: string;
  /** As the endpoint names it. */
  readonly model: string;
  /** What the endpoint calls its re-ranking model, for `/rerank`. Default: there is none. */
  readonly rerankModel?: string | undefined;
  /** Sent as a bearer token; is in no error. Default: none. */
  readonly key?: string | undefined;
  /** Milliseconds of one try with its whole answer; of a stream, until it goes on. Default 30,000. */
  readonly timeoutMs?: number;
  /** Tries after the first. Default 2. */
  readonly retries?: number;
  /** Time and chance between tries; default those of the machine. */
  readonly pacing?: Pacing;
}

/** A language model behind an OpenAI-compatible address. */
export interface OpenAiModel extends LanguageModel {
  /** Vectors of texts by `/embeddings`, 32 texts a call. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<ModelEmbeddings>;
}

/**
 * A model behind an address; nothing is asked yet. An endpoint that does not take a JSON schema, `max_tokens`, or several
 * prompts a call is asked in other ways, and those it takes are remembered.
 * @throws ModelError `refused` where an option cannot be used.
 */
export function openOpenAiModel(options: OpenAiModelOptions): OpenAiModel {
  const url = baseOf(options.url);
  const { model, timeoutMs = 30_000, retries = 2, pacing = REAL_PACING } = options;
  assertNamed(model, 'ATTUNE_LLM_MODEL');
  if (options.rerankModel !== undefined) assertNamed(options.rerankModel, 'ATTUNE_LLM_RERANK_MODEL');
  if (!(timeoutMs >= 1 && timeoutMs <= LONGEST_TIMEOUT_MS)) throw wrong('timeoutMs must be 1 to 2147483647');
  const calls = new HttpCalls({ url, key: keyOf(options.key), timeoutMs, retries, pacing });
  const chat = new Chat(calls, model);
  const likelihood = new Likelihood(calls, model);
  return {
    id: `openai:${url.host}/${model}`,
    runs: 'service',
    answer: (ask, signal) => chat.answer(ask, signal),
    stream: (ask, signal) => chat.stream(ask, signal),
    likelihood: (continuations, signal) => likelihood.of(continuations, signal),
    embed: (texts, signal) => embed({ calls, model, signal }, texts),
    relevance: relevanceOf(options.rerankModel, calls, url),
    close: async () => calls.close(),
  };
}

/** Finite scores by `/rerank`. */
const relevanceOf = (model: string | undefined, calls: HttpCalls, { host }: URL): RelevanceModel | undefined =>
  model === undefined
    ? undefined
    : {
        id: `openai:${host}/${model}`,
        of: (query, texts, signal) => rerank({ calls, model, signal }, query, texts),
      };

function assertNamed(model: string, variable: string): void {
  if (!/^[\u0020-\u007e]{1,200}$/.test(model)) throw wrong(`${variable} must be 1 to 200 characters of ASCII`);
}

/** More, and a timer is over at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

function baseOf(text: string): URL {
  const url = parsedUrl(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw wrong('ATTUNE_LLM_URL must be an address such as http://127.0.0.1:8000/v1');
  if (url.username !== '' || url.password !== '')
    throw wrong('ATTUNE_LLM_URL must hold no credentials; give the key as ATTUNE_LLM_KEY');
  url.pathname = url.pathname.replace(/\/+$/, '');
  url.hash = '';
  return url;
}

/** The text of a wrong address stays out of the error: it may hold a secret. */
function parsedUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** A character that headers cannot hold would be quoted, with the key, by an error of `fetch`. */
function keyOf(key: string | undefined): string | undefined {
  if (key === undefined || key === '') return undefined;
  if (!/^[\u0021-\u007e]{1,8192}$/.test(key))
    throw wrong('ATTUNE_LLM_KEY must be visible ASCII without spaces or line ends');
  return key;
}

const wrong = (message: string): ModelError => new ModelError('refused', message);
