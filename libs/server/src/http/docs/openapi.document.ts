import { ERROR_TABLE, type ErrorCode } from '@attune/sdk';
import {
  bodyTypesOf,
  EVENT_STREAM,
  needsKey,
  NDJSON,
  type Operation,
  type RowStream,
} from '../operations/operation.js';
import { problemSchema } from '../problems/problem.schema.js';
import { Components, type JsonObject } from './components.js';

/** Errors that every call can answer, and every call under `/v1`, with any input, and where a body may come along. */
const EVERY: readonly ErrorCode[] = ['HEADERS_TOO_LARGE', 'INTERNAL'];
const WITH_KEY: readonly ErrorCode[] = ['UNAUTHORIZED', 'FORBIDDEN', 'RATE_LIMITED', 'STORE_UNAVAILABLE'];
const WITH_INPUT: readonly ErrorCode[] = ['VALIDATION_FAILED'];
const WITH_BODY: readonly ErrorCode[] = ['MALFORMED_JSON', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];

/** The OpenAPI 3.1 document of these operations, made from the schemas that check their requests. */
export function openApiDocument(operations: readonly Operation[], version: string): JsonObject {
  const components = new Components();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    (paths[operation.path] ??= {})[operation.method] = describe(operation, components);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Attune',
      version,
      description: 'Recommendation and search personalisation whose every number is accounted for.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key, where the server has any.' },
      },
    },
  };
}

function describe(operation: Operation, components: Components): JsonObject {
  const { id, tag, summary, description, path, answer } = operation;
  const content = contentOf(operation, components);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: needsKey(path) ? [{ key: [] }, {}] : [],
    ...parametersOf(operation, components),
    ...(Object.keys(content).length > 0 && { requestBody: { required: true, content } }),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(answer.schema && {
          content: {
            [answer.type ?? 'application/json']: {
              schema: components.of(answer.schema, 'output'),
              example: answer.example,
            },
            ...(answer.rows && linesOf(answer.rows, components.of(answer.rows.schema, 'output'))),
            ...(answer.events && eventsOf(components.of(answer.events, 'output'))),
          },
        }),
      },
      ...problemsOf(operation, components),
    },
  };
}

/** Bodies by media type. */
function contentOf(
  { body, bodyType = 'application/json', rows, example }: Operation,
  components: Components,
): JsonObject {
  return {
    ...(body && {
      [bodyType]: { schema: components.of(body, 'input'), ...(example !== undefined && { example }) },
    }),
    ...(rows && linesOf(rows, components.of(rows.schema, 'input'))),
  };
}

/** A stream of events by its media type. */
const eventsOf = (contentSchema: JsonObject): JsonObject => ({
  [EVENT_STREAM]: {
    schema: {
      type: 'string',
      description: 'Server-sent events: `event` is the name, `data` its data as JSON on one line.',
      contentMediaType: EVENT_STREAM,
      contentSchema,
    },
  },
});

/** A body of rows by its media type. */
function linesOf({ example }: RowStream, contentSchema: JsonObject): JsonObject {
  return {
    [NDJSON]: {
      schema: {
        type: 'string',
        description: 'JSON, one row a line, at most 1 MiB each; any number of them.',
        contentMediaType: NDJSON,
        contentSchema,
      },
      example: example.map((row) => `${JSON.stringify(row)}\n`).join(''),
    },
  };
}

function parametersOf(operation: Operation, components: Components): JsonObject {
  const { path, params = {}, query, headers, body, example } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: 'Percent-encoded.',
    schema: { type: 'string', minLength: 1, maxLength: 256 },
    example: params[name] ?? '22551',
  }));
  const asked = body === undefined ? (example as JsonObject | undefined) : undefined;
  const parameters = [
    ...inPath,
    ...membersOf(query, components).map((member) => ({ ...member, in: 'query', example: asked?.[member.name] })),
    ...membersOf(headers, components).map((member) => ({ ...member, in: 'header' })),
  ];
  return parameters.length > 0 ? { parameters } : {};
}

interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly schema: unknown;
}

/** Members of an object schema, as parameters. */
function membersOf(schema: Operation['query'], components: Components): readonly Member[] {
  const shape = schema === undefined ? {} : components.of(schema, 'input');
  const required = (shape['required'] ?? []) as readonly string[];
  return Object.entries((shape['properties'] ?? {}) as JsonObject).map(([name, member]) => ({
    name,
    required: required.includes(name),
    schema: member,
  }));
}

/** Problems by status, each with the codes it may have. */
function problemsOf(operation: Operation, components: Components): JsonObject {
  const { method, path, query, headers, errors } = operation;
  const takesInput = bodyTypesOf(operation).length > 0 || query || headers || path.includes('{');
  const codes = [
    ...errors,
    ...(needsKey(path) ? WITH_KEY : []),
    ...(takesInput ? WITH_INPUT : []),
    ...(method === 'get' ? [] : WITH_BODY),
    ...EVERY,
  ];
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set<ErrorCode>(codes)) {
    const { status } = ERROR_TABLE[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const schema = components.of(problemSchema, 'output');
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => `${code}: ${ERROR_TABLE[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema } },
      },
    ]),
  );
}
