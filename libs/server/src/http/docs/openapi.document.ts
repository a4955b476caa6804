import { ERROR_TABLE, type ErrorCode } from '@attune/sdk';
import { needsKey, type Operation } from '../operations/operation.js';
import { problemSchema } from '../problems/problem.schema.js';
import { Components, type JsonObject } from './components.js';

/** Errors every call, every call with a body, and every call under `/v1` can answer. */
const EVERY: readonly ErrorCode[] = ['INTERNAL'];
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
  const { id, tag, summary, description, path, body, bodyType = 'application/json', example, answer } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: needsKey(path) ? [{ key: [] }, {}] : [],
    ...parametersOf(operation, components),
    ...(body && {
      requestBody: {
        required: true,
        content: { [bodyType]: { schema: components.of(body, 'input'), ...(example !== undefined && { example }) } },
      },
    }),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(answer.schema && {
          content: {
            'application/json': { schema: components.of(answer.schema, 'output'), example: answer.example },
          },
        }),
      },
      ...problemsOf(operation, components),
    },
  };
}

function parametersOf({ path, query, example }: Operation, components: Components): JsonObject {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    description: 'Percent-encoded.',
    schema: { type: 'string', minLength: 1, maxLength: 256 },
    example: '22551',
  }));
  const shape = query === undefined ? {} : components.of(query, 'input');
  const required = (shape['required'] ?? []) as readonly string[];
  const inQuery = Object.entries((shape['properties'] ?? {}) as JsonObject).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
    example: (example as JsonObject | undefined)?.[name],
  }));
  const parameters = [...inPath, ...inQuery];
  return parameters.length > 0 ? { parameters } : {};
}

/** Problems by status, each with the codes it may have. */
function problemsOf({ path, body, query, errors }: Operation, components: Components): JsonObject {
  const codes = [
    ...errors,
    ...(needsKey(path) ? (['UNAUTHORIZED'] as const) : []),
    ...(body || query ? WITH_INPUT : []),
    ...(body ? WITH_BODY : []),
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
