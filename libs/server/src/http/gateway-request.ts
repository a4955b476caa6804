import type { FastifyRequest } from 'fastify';
import type { TenantPlatform } from '../platform/tenant-platform.js';

/** A request under `/v1`: its API key has been checked, and this is whose it is. */
export interface GatewayRequest extends FastifyRequest {
  readonly tenant: TenantPlatform;
  readonly params: { readonly id: string };
}

/** Token under which controllers are given the platform. */
export const PLATFORM = Symbol('platform');
/** Token of what the server says of itself. */
export const VERSION = Symbol('version');
