import type { ErrorCode } from '@attune/sdk';
import type { FastifyRequest } from 'fastify';
import type { Access, TenantPlatform } from '../platform/tenant-platform.js';
import { routeOf, type Operation } from './operations/operation.js';
import { OPERATIONS } from './operations/operations.js';

/** What hooks write down of a request for each other. */
export interface ObservedRequest extends FastifyRequest {
  /** What its key is good for, known or not needed. */
  access?: Access | undefined;
  /** Set once the key was found good for the call. */
  tenant?: TenantPlatform | undefined;
  /** Code of the problem it was answered with. */
  problemCode?: ErrorCode | undefined;
}

const BY_ROUTE: ReadonlyMap<string, Operation> = new Map(
  OPERATIONS.map((operation) => [`${operation.method.toUpperCase()} ${routeOf(operation)}`, operation]),
);

/** The call of the contract a request is for; undefined for the documents and for paths there are not. */
export function operationOf({ is404, method, routeOptions }: FastifyRequest): Operation | undefined {
  if (is404) return undefined;
  return BY_ROUTE.get(`${method === 'HEAD' ? 'GET' : method} ${routeOptions.url}`);
}
