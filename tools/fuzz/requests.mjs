// Requests for the calls of the document: sound ones, nearly sound ones, and nonsense.
import { createRequire } from 'node:module';
import { SchemaValues } from './arbitraries.mjs';
import { BODIES, HEADERS, IDS, METHODS, spoil, VALUES } from './hostile.mjs';
import { eventsOf } from './events.mjs';
import { tame } from './tame.mjs';

const fc = createRequire(import.meta.url)('fast-check');
const NDJSON = 'application/x-ndjson';
/** Values drawn at once: fast-check goes from plain to extreme within a sample. */
const DRAWN = 25;

/** Calls by how often they are made; 10 where nothing is said. Work in the background must not drown the rest. */
const WEIGHTS = {
  startJob: 2,
  eraseUser: 2,
  getDiagnosis: 1,
  deleteItems: 3,
  deleteItem: 3,
  syncItems: 3,
  cancelJob: 3,
  retryJob: 3,
  live: 1,
  ready: 1,
  recommend: 30,
  search: 30,
  recommendBatch: 15,
};

export class RequestMaker {
  #values;
  #random;
  #calls;
  #known;
  #drawn = new Map();

  constructor(document, { random, known }) {
    this.#values = new SchemaValues(document, known);
    this.#known = known;
    this.#random = random;
    this.#calls = document.operations.map((operation) => [WEIGHTS[operation.id] ?? 10, operation]);
  }

  next() {
    const random = this.#random;
    if (random.chance(0.02)) return this.#anyMethod();
    const operation = random.weighted(this.#calls);
    const kind = random.weighted([
      [5, 'sound'],
      [4, 'spoiled'],
      [1, 'nonsense'],
    ]);
    return this.of(operation, kind);
  }

  /** `sound` fits the schemas, `spoiled` has one hostile place, `nonsense` fits nothing. */
  of(operation, kind) {
    const random = this.#random;
    const spoiled = kind === 'spoiled' ? random.pick(this.#partsOf(operation)) : undefined;
    const path = this.#path(operation, spoiled);
    const query = this.#query(operation, spoiled);
    const headers = { 'x-request-id': `fuzz-${random.below(2 ** 31).toString(36)}`, ...this.#headers(operation) };
    // Where it tells events unless JSON is asked for, both are tried.
    if (eventsOf(operation) !== undefined && random.chance(0.5)) headers.accept = 'application/json';
    const body = this.#body(operation, kind, spoiled);
    if (spoiled === 'headers' || kind === 'nonsense') Object.assign(body.headers, random.pick(HEADERS));
    return {
      operation,
      kind,
      method: operation.method,
      path: path + query,
      headers: { ...headers, ...body.headers },
      body: body.text,
      value: body.value,
    };
  }

  #partsOf({ parameters, bodies }) {
    const of = (place) => (parameters.some((one) => one.in === place) ? [place] : []);
    const hasBody = Object.keys(bodies).length > 0;
    return [...of('path'), ...of('query'), 'headers', ...(hasBody ? ['body', 'body', 'body', 'body', 'bytes'] : [])];
  }

  #path({ id, path, parameters }, spoiled) {
    return path.replaceAll(/\{(\w+)\}/g, (_, name) => {
      const { schema } = parameters.find((one) => one.in === 'path' && one.name === name);
      const value =
        spoiled === 'path'
          ? this.#random.pick(IDS)
          : this.#draw(`${id} ${name}`, () => this.#pathValues(path, name, schema));
      return encoded(value) || 'x';
    });
  }

  #pathValues(path, name, schema) {
    const resource = /\/(\w+)\/\{/.exec(path)?.[1];
    const known = this.#known[name === 'id' ? `${resource}/id` : name];
    return fc.oneof(
      { weight: 4, arbitrary: known ?? this.#values.of(schema) },
      { weight: 1, arbitrary: this.#values.of(schema) },
    );
  }

  #query({ id, parameters }, spoiled) {
    const asked = parameters.filter((one) => one.in === 'query');
    if (asked.length === 0) return '';
    const properties = Object.fromEntries(asked.map(({ name, schema }) => [name, schema]));
    const required = asked.filter((one) => one.required).map(({ name }) => name);
    const drawn = tame(
      id,
      this.#draw(`${id} query`, () => this.#values.of({ type: 'object', properties, required })),
    );
    const value = spoiled === 'query' ? spoil(drawn, this.#random) : drawn;
    const members = Object.entries(Object(value)).map(
      ([name, one]) => `${encoded(name)}=${encoded(typeof one === 'object' ? JSON.stringify(one) : String(one))}`,
    );
    return members.length === 0 ? '' : `?${members.join('&')}`;
  }

  #headers({ id, parameters }) {
    const read = parameters.filter((one) => one.in === 'header');
    return Object.fromEntries(
      read.filter(() => this.#random.chance(0.5)).map(({ name }) => [name, `${id}-${this.#random.below(50)}`]),
    );
  }

  #body({ id, bodies }, kind, spoiled) {
    const types = Object.keys(bodies);
    if (types.length === 0) return kind === 'nonsense' ? nonsense(this.#random.pick(BODIES), {}) : { headers: {} };
    const type = this.#random.pick(types);
    const headers = { 'content-type': type };
    if (kind === 'nonsense' || spoiled === 'bytes') return nonsense(this.#random.pick(BODIES), headers);
    const drawn = this.#draw(`${id} ${type}`, () => this.#values.of(bodies[type].schema));
    if (type === NDJSON) return { text: spoiled === 'body' ? this.#spoiledLines(drawn) : drawn, headers };
    const value = tame(id, drawn);
    const sent = spoiled === 'body' ? tame(id, spoil(value, this.#random)) : value;
    return { text: JSON.stringify(sent) ?? 'null', value: sent, headers };
  }

  #spoiledLines(text) {
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    return spoil(rows, this.#random)
      .map((row) => JSON.stringify(row))
      .join(this.#random.pick(['\n', '\r\n', '\n\n']));
  }

  /** A method, mostly of no call, on a path of one. */
  #anyMethod() {
    const { path } = this.#random.pick(this.#calls)[1];
    const headers = this.#random.chance(0.5) ? { 'content-type': 'application/json' } : {};
    const body = this.#random.chance(0.5) ? '{}' : undefined;
    const known = this.#random.chance(0.8)
      ? path.replaceAll(/\{\w+\}/g, 'x')
      : `/${encoded(JSON.stringify(this.#random.pick(VALUES))).slice(0, 100)}`;
    return { kind: 'method', method: this.#random.pick(METHODS), path: known, headers, body };
  }

  #draw(name, arbitrary) {
    const entry = this.#drawn.get(name) ?? { arbitrary: arbitrary(), left: [] };
    this.#drawn.set(name, entry);
    if (entry.left.length === 0)
      entry.left = fc.sample(entry.arbitrary, { numRuns: DRAWN, seed: this.#random.below(2 ** 31) });
    return entry.left.pop();
  }
}

/** Percent-encoded also where it is no text that has a UTF-8 form. */
const encoded = (text) => encodeURIComponent(String(text).toWellFormed());

/** A body of any bytes; `value` is what it says where it is JSON after all. */
function nonsense(text, headers) {
  try {
    return { text, headers, value: JSON.parse(text) };
  } catch {
    return { text, headers };
  }
}
