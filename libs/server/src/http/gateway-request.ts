import type { FastifyRequest } from 'fastify';
import type { TenantPlatform } from '../platform/tenant-platform.js';

/** A request under `/v1`: its API key has been checked, and this is whose it is. */
export interface GatewayRequest<P extends string = 'id'> extends FastifyRequest {
  readonly tenant: TenantPlatform;
  /** Parameters of the path, decoded. */
  readonly params: Readonly<Record<P, string>>;
}

/** Token under which controllers are given the platform. */
export const PLATFORM = Symbol('platform');
/** Token of what the server says of itself. */
export const VERSION = Symbol('version');
