// Sends requests exactly as they are made: paths are not tidied, bodies may be anything, any method goes.
import { Agent, request as httpRequest } from 'node:http';

const SHOWN = 1_500;

/** A request: `{operation?, kind, method, path, headers, body?}`; an answer: `{status, headers, text, json?, ms}`. */
export class Client {
  #agent;
  #url;
  #patienceMs;

  /** `patienceMs`: how long an answer is waited for. */
  constructor(url, connections, patienceMs) {
    this.#url = new URL(url);
    this.#patienceMs = patienceMs;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Resolves with the answer, or with `{error}` where there is none. */
  send({ method, path, headers, body }) {
    const startedAt = performance.now();
    return new Promise((resolve) => {
      const { hostname, port } = this.#url;
      const payload = body === undefined ? undefined : Buffer.from(body);
      const length = payload === undefined ? {} : { 'content-length': payload.length };
      const request = httpRequest({
        hostname,
        port,
        method,
        path,
        agent: this.#agent,
        headers: { ...headers, ...length },
      });
      const late = () => request.destroy(new Error(`no answer within ${this.#patienceMs / 1000} s`));
      request.setTimeout(this.#patienceMs, late);
      request.on('error', (error) => resolve({ error: `${error.message} ${rawOf(error)}`.trim() }));
      request.on('response', (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', (error) => resolve({ error: error.message }));
        response.on('end', () =>
          resolve(answerOf(response, Buffer.concat(parts).toString(), performance.now() - startedAt)),
        );
      });
      request.end(payload);
    });
  }

  /** Sends JSON and gives its answer; throws where that is no success. */
  async call(method, path, value) {
    const headers = value === undefined ? {} : { 'content-type': 'application/json' };
    const body = value === undefined ? undefined : JSON.stringify(value);
    const answer = await this.send({ method, path, headers, body });
    if (!(answer.status < 300))
      throw new Error(`${method} ${path}: ${answer.error ?? `${answer.status} ${answer.text.slice(0, 500)}`}`);
    return answer.json;
  }

  close() {
    this.#agent.destroy();
  }

  /** The request as a command to repeat it with. */
  curlOf({ method, path, headers, body }) {
    const words = [`curl -sS -i --path-as-is -X ${method} ${quoted(cut(this.#url.origin + path))}`];
    for (const [name, value] of Object.entries(headers)) words.push(`-H ${quoted(cut(`${name}: ${value}`))}`);
    if (body === undefined) return words.join(' ');
    return [...words, `--data-binary ${quoted(cut(body.toString()))}`].join(' ');
  }
}

function answerOf({ statusCode, headers }, text, ms) {
  const isJson = /[/+]json$/.test((headers['content-type'] ?? '').split(';')[0].trim()) && text !== '';
  try {
    return { status: statusCode, headers, text, ms, ...(isJson && { json: JSON.parse(text) }) };
  } catch (error) {
    return { status: statusCode, headers, text, ms, broken: error.message };
  }
}

const cut = (text) => (text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}… (of ${text.length} characters)`);
const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** What came instead of an answer, where anything did. */
const rawOf = ({ rawPacket }) => (rawPacket === undefined ? '' : JSON.stringify(rawPacket.toString().slice(0, 300)));
