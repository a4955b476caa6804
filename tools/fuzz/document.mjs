// An OpenAPI document as its reader sees it: what calls there are, what they take, and what they may answer.
import { createRequire } from 'node:module';

const { z } = createRequire(import.meta.url)('zod');

/** Reads a server's document. */
export async function readDocument(url) {
  const answer = await fetch(`${url}/openapi.json`);
  if (!answer.ok) throw new Error(`${url}/openapi.json answers ${answer.status}: is this an Attune server?`);
  return new ApiDocument(await answer.json());
}

export class ApiDocument {
  /** Calls: `{id, method, path, tag, parameters, bodies, answers}`. */
  operations;
  #schemas;
  #checks = new Map();

  constructor({ paths, components }) {
    this.#schemas = components.schemas;
    this.operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => operationOf(path, method, described)),
    );
  }

  /** The schema itself, where it is a reference. */
  resolve(schema) {
    const name = /^#\/components\/schemas\/(.+)$/.exec(schema.$ref ?? '')?.[1];
    return name === undefined ? schema : this.resolve(this.#schemas[name]);
  }

  /** What is wrong with a value by a schema of the document; undefined where nothing is. */
  faultOf(schema, value) {
    const key = JSON.stringify(schema);
    if (!this.#checks.has(key)) {
      const whole = JSON.stringify({ ...schema, $defs: this.#schemas });
      this.#checks.set(key, z.fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/'))));
    }
    const { error } = this.#checks.get(key).safeParse(value);
    const [issue] = error?.issues ?? [];
    return issue && `/${issue.path.join('/')}: ${issue.message}`;
  }
}

function operationOf(path, method, { operationId: id, tags, parameters = [], requestBody, responses }) {
  return {
    id,
    path,
    tag: tags[0],
    method: method.toUpperCase(),
    parameters,
    bodies: requestBody?.content ?? {},
    /** By status: its body's schema by media type, and the codes of problems. */
    answers: new Map(
      Object.entries(responses).map(([status, { description, content = {} }]) => [
        Number(status),
        { content, codes: [...description.matchAll(/\b([A-Z][A-Z_]+): /g)].map(([, code]) => code) },
      ]),
    ),
  };
}
