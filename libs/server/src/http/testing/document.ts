import { z } from 'zod';

type Members = Readonly<Record<string, unknown>>;

/** One call as `/openapi.json` describes it. */
export interface DocumentedCall {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly tag: string;
  readonly parameters: readonly DocumentedParameter[];
  /** Bodies by media type; none where it takes none. */
  readonly bodies: Readonly<Record<string, { readonly schema: Members; readonly example?: unknown }>>;
  /** Status it answers when it succeeds. */
  readonly status: number;
  /** Body it answers then; undefined where it has none. */
  readonly answer: { readonly type: string; readonly schema: Members } | undefined;
  /** Of the events that it answers unless JSON is asked for; undefined where it does not. */
  readonly events: Members | undefined;
  /** Codes of the problems it may answer. */
  readonly codes: readonly string[];
}

export interface DocumentedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Members;
  readonly example?: unknown;
}

interface Described {
  readonly operationId: string;
  readonly tags: readonly [string];
  readonly parameters?: readonly DocumentedParameter[];
  readonly requestBody?: { readonly content: DocumentedCall['bodies'] };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, { schema: Members }>> }>
  >;
}

/** An OpenAPI document as a client reads it, who knows nothing but the document. */
export class ApiDocument {
  constructor(
    private readonly document: {
      readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
      readonly components: { readonly schemas: Members };
    },
  ) {}

  calls(): readonly DocumentedCall[] {
    return Object.entries(this.document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => callOf(path, method, described)),
    );
  }

  /** The document's own schema, as a check. */
  check(schema: Members): z.ZodType {
    const whole = { ...schema, $defs: this.document.components.schemas };
    const text = JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/');
    return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]);
  }
}

function callOf(path: string, method: string, described: Described): DocumentedCall {
  const { operationId: id, tags, parameters = [], requestBody, responses } = described;
  const [status, success] = Object.entries(responses).find(([code]) => code.startsWith('2'))!;
  const problems = Object.entries(responses).filter(([code]) => !code.startsWith('2'));
  return {
    id,
    method: method.toUpperCase() as DocumentedCall['method'],
    path,
    tag: tags[0],
    parameters,
    bodies: requestBody?.content ?? {},
    status: Number(status),
    answer: Object.entries(success.content ?? {}).map(([type, { schema }]) => ({ type, schema }))[0],
    events: success.content?.['text/event-stream']?.schema['contentSchema'] as Members | undefined,
    codes: problems.flatMap(([, { description }]) =>
      [...description.matchAll(/\b([A-Z_]+): /g)].map(([, code]) => code!),
    ),
  };
}
