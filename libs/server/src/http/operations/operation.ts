import { applyDecorators, HttpCode, RequestMapping, RequestMethod } from '@nestjs/common';
import type { ErrorCode } from '@attune/sdk';
import type { z } from 'zod';

/** What a call answers when it succeeds. */
export interface Answer {
  readonly status: number;
  readonly description: string;
  /** Absent where there is no body. */
  readonly schema?: z.ZodType;
  readonly example?: unknown;
}

/**
 * One call of the HTTP contract as data. The route, the validation and the OpenAPI document are all made from it, so
 * they cannot disagree.
 */
export interface Operation<B extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType> {
  readonly id: string;
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** OpenAPI form: `/v1/items/{id}`. */
  readonly path: string;
  readonly tag: 'items' | 'events' | 'slates' | 'jobs' | 'health' | 'docs';
  readonly summary: string;
  readonly description?: string;
  readonly body?: B;
  /** Media type of the body; default `application/json`. */
  readonly bodyType?: string;
  readonly query?: Q;
  /** A body, or a query string's members, that the call accepts. */
  readonly example?: unknown;
  readonly answer: Answer;
  /** Codes it can answer besides those of every call. */
  readonly errors: readonly ErrorCode[];
}

const METHODS = {
  get: RequestMethod.GET,
  post: RequestMethod.POST,
  patch: RequestMethod.PATCH,
  delete: RequestMethod.DELETE,
} as const;

/** Whether a path needs an API key where the server has any. */
export const needsKey = (path: string): boolean => path.startsWith('/v1/');

/** Routes an operation to the method it stands on. */
export function Handles({ method, path, answer }: Operation): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: path.replaceAll(/\{(\w+)\}/g, ':$1'), method: METHODS[method] }),
    HttpCode(answer.status),
  );
}
