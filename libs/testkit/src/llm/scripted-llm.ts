import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { failed, LLM_ENDPOINTS, type LlmReply } from './llm-endpoints.js';
import type { LlmFault } from './llm-faults.js';
import { DEFAULT_SCRIPTS, type LlmScripts } from './llm-scripts.js';
import { send } from './llm-sending.js';

export interface ScriptedLlmOptions extends LlmScripts {
  /** Name of the model; another one is a status 404. Default `scripted`. */
  readonly model?: string;
  /** Requests have to bring it as a bearer token, or get a status 401. Default: none is asked for. */
  readonly key?: string;
  /** Of the first requests, one each, as by `next`. */
  readonly faults?: readonly LlmFault[];
}

/** A request as it came. */
export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; the text itself where it is none. */
  readonly body: unknown;
  /** Resolves once nothing more happens: the answer was sent whole, or either side broke off. */
  readonly ended: Promise<'answered' | 'broken'>;
}

/** A language model that says what it is told to, behind an OpenAI-compatible HTTP API on a port of this machine. */
export interface ScriptedLlm {
  /** Base address, such as `http://127.0.0.1:40001/v1`. */
  readonly url: string;
  readonly model: string;
  /** Every request, in order of arrival, refused ones included. */
  readonly requests: readonly ScriptedRequest[];
  /** Resolves with request number `count` (1 is the first) once it is there. */
  asked(count: number): Promise<ScriptedRequest>;
  /** What goes wrong with the next requests, one each. Requests refused for their key, path or model take none. */
  next(...faults: readonly LlmFault[]): void;
  /** What goes wrong with each request that `next` says nothing of; `undefined` for nothing. */
  always(fault: LlmFault | undefined): void;
  /** Ends every connection; nothing of it goes on. Safe to repeat. */
  close(): Promise<void>;
}

const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

/**
 * Starts one: `POST /v1/chat/completions` (in one piece or as a stream), `/v1/completions` (with `echo` and `logprobs`),
 * `/v1/embeddings` and `/v1/rerank`, and `GET /v1/models`. Equal requests get equal answers. Tokens are words; `max_tokens`
 * cuts nothing.
 */
export async function startScriptedLlm(options: ScriptedLlmOptions = {}): Promise<ScriptedLlm> {
  const scripted = new ScriptedServer(options);
  await scripted.listen();
  return scripted;
}

class ScriptedServer implements ScriptedLlm {
  readonly model: string;
  readonly requests: ScriptedRequest[] = [];
  url = '';
  private readonly faults: LlmFault[];
  private readonly waiting = new Set<() => void>();
  private readonly server = createServer((request, response) => void this.serve(request, response));
  private fallback: LlmFault | undefined;
  private closed: Promise<void> | undefined;

  constructor(private readonly options: ScriptedLlmOptions) {
    this.model = options.model ?? 'scripted';
    this.faults = [...(options.faults ?? [])];
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', resolve);
    });
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the scripted model has no port');
    this.url = `http://127.0.0.1:${address.port}/v1`;
  }

  async asked(count: number): Promise<ScriptedRequest> {
    for (;;) {
      const request = this.requests[count - 1];
      if (request !== undefined) return request;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  next(...faults: readonly LlmFault[]): void {
    this.faults.push(...faults);
  }

  always(fault: LlmFault | undefined): void {
    this.fallback = fault;
  }

  close(): Promise<void> {
    this.closed ??= new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
    return this.closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const ended = new Promise<'answered' | 'broken'>((resolve) => {
      response.once('close', () => resolve(response.writableFinished ? 'answered' : 'broken'));
    });
    const body = await bodyOf(request).catch(() => undefined);
    if (body === undefined) return void response.destroy();
    const [path = ''] = (request.url ?? '').split('?');
    const come = { method: request.method ?? '', path, headers: request.headers, body, ended };
    this.requests.push(come);
    const { reply, fault } = this.reply(come);
    for (const wake of this.waiting) wake();
    this.waiting.clear();
    await send(response, reply, fault);
  }

  private reply({ method, path, headers, body }: ScriptedRequest): { reply: LlmReply; fault?: LlmFault | undefined } {
    const { key } = this.options;
    const endpoint = LLM_ENDPOINTS.get(`${method} ${path}`);
    if (endpoint === undefined) return { reply: failed(404, `Unknown request URL: ${method} ${path}`, 'unknown_url') };
    if (key !== undefined && headers.authorization !== `Bearer ${key}`)
      return { reply: failed(401, 'Incorrect API key provided', 'invalid_api_key') };
    if (method === 'POST' && memberOf(body, 'model') !== this.model)
      return { reply: failed(404, `The model does not exist; there is '${this.model}'`, 'model_not_found') };
    const fault = this.faults.shift() ?? this.fallback;
    if (fault?.kind === 'hang') return { reply: { status: 200, body: {} }, fault };
    if (fault?.kind === 'reply') return { reply: fault };
    if (fault?.kind === 'refuse') {
      const value = memberOf(body, fault.member);
      if (value !== undefined && fault.when(value)) return { reply: failed(400, refusalOf(fault.member)), fault };
    }
    try {
      const scripts = { ...DEFAULT_SCRIPTS, ...this.options };
      return { reply: endpoint(body, { model: this.model, scripts, fault }), fault };
    } catch (error) {
      return { reply: failed(500, `the script failed: ${String(error)}`) };
    }
  }
}

/** As OpenAI says it, with what to use instead where it does. */
function refusalOf(member: string): string {
  const instead = member === 'max_tokens' ? " Use 'max_completion_tokens' instead." : '';
  return `Unsupported parameter: '${member}' is not supported with this model.${instead}`;
}

const memberOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? Object.getOwnPropertyDescriptor(body, name)?.value : undefined;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    if ((bytes += chunk.length) > MAX_REQUEST_BYTES) throw new Error('the request is too big');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    const json: unknown = JSON.parse(text);
    return json ?? text;
  } catch {
    return text;
  }
}
