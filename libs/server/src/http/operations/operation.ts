import { applyDecorators, HttpCode, RequestMapping, RequestMethod } from '@nestjs/common';
import type { ErrorCode } from '@attune/sdk';
import type { z } from 'zod';
import type { KeyScope } from '../../config/api-keys.schema.js';

/** What a call answers when it succeeds. */
export interface Answer {
  readonly status: number;
  readonly description: string;
  /** Media type of the body; default `application/json`. */
  readonly type?: string;
  /** Absent where there is no body. */
  readonly schema?: z.ZodType;
  readonly example?: unknown;
  /** Server-sent events it answers unless JSON is asked for: of each its name and its data. */
  readonly events?: z.ZodType;
  /** Newline-delimited JSON it may answer instead. */
  readonly rows?: RowStream;
}

/** A body of newline-delimited JSON: rows of any number, read as they come. */
export interface RowStream {
  /** One row, which is one line. */
  readonly schema: z.ZodType;
  /** Rows that the call accepts. */
  readonly example: readonly unknown[];
}

/**
 * One call of the HTTP contract as data. The route, the validation and the OpenAPI document are all made from it, so
 * they cannot disagree.
 */
export interface Operation<B extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType> {
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI form: `/v1/items/{id}`. */
  readonly path: string;
  readonly tag:
    'items' | 'texts' | 'events' | 'users' | 'offers' | 'slates' | 'spaces' | 'models' | 'jobs' | 'health' | 'docs';
  readonly summary: string;
  readonly description?: string;
  /** Scope a key needs for it; default by tag. */
  readonly scope?: KeyScope;
  /** Examples of the path's parameters that are not the id of the demo's lunch box, 22551. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Q;
  /** Headers it reads, in small letters. */
  readonly headers?: z.ZodType;
  readonly body?: B;
  /** Media type of the body; default `application/json`. */
  readonly bodyType?: string;
  /** Bytes a body may have; default 8 MiB. */
  readonly bodyLimitBytes?: number;
  /** A body of rows, instead of `body` or beside it. */
  readonly rows?: RowStream;
  /** A body, or a query string's members where there is no body, that the call accepts. */
  readonly example?: unknown;
  readonly answer: Answer;
  /** Codes it can answer besides those of every call. */
  readonly errors: readonly ErrorCode[];
}

const METHODS = {
  get: RequestMethod.GET,
  post: RequestMethod.POST,
  put: RequestMethod.PUT,
  patch: RequestMethod.PATCH,
  delete: RequestMethod.DELETE,
} as const;

/** Media type of a body of rows. */
export const NDJSON = 'application/x-ndjson';
/** Media type of server-sent events. */
export const EVENT_STREAM = 'text/event-stream';

/** Whether a path needs an API key where the server has any. */
export const needsKey = (path: string): boolean => path.startsWith('/v1/');

const SCOPE_OF_TAG: Readonly<Record<Operation['tag'], KeyScope>> = {
  items: 'ingest',
  texts: 'admin',
  events: 'ingest',
  users: 'ingest',
  offers: 'ingest',
  slates: 'recommend',
  spaces: 'admin',
  models: 'admin',
  jobs: 'admin',
  health: 'admin',
  docs: 'admin',
};

/** Scope a key needs for an operation. */
export const scopeOf = ({ scope, tag }: Pick<Operation, 'scope' | 'tag'>): KeyScope => scope ?? SCOPE_OF_TAG[tag];

/** Media types of the bodies an operation takes; none where it takes none. */
export const bodyTypesOf = ({ body, bodyType = 'application/json', rows }: Operation): readonly string[] => [
  ...(body ? [bodyType] : []),
  ...(rows ? [NDJSON] : []),
];

/** Path of an operation as the router has it: `/v1/items/:id`. */
export const routeOf = ({ path }: Pick<Operation, 'path'>): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** Routes an operation to the method it stands on. */
export function Handles(operation: Operation): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: routeOf(operation), method: METHODS[operation.method] }),
    HttpCode(operation.answer.status),
  );
}
