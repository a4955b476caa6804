import rateLimit from '@fastify/rate-limit';
import { AttuneError } from '@attune/sdk';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.schema.js';
import type { Platform } from '../platform/tenant-platform.js';
import { accessOf, assertAccess, assertOperator } from './authorize.js';
import { operationOf, type ObservedRequest } from './observed-request.js';
import { needsKey, scopeOf } from './operations/operation.js';
import { METRICS_PATH } from './operations/metrics.operations.js';

export interface AccessOptions {
  /** Whether metrics need no key. */
  readonly metricsOpen: boolean;
}

/** Keys, scopes and limits: asked for before a body is read. */
export function addAccessHooks(fastify: FastifyInstance, platform: Platform, { metricsOpen }: AccessOptions): void {
  const isGuarded = (path = ''): boolean => needsKey(path) || (path === METRICS_PATH && !metricsOpen);
  fastify.addHook('onRequest', (request: ObservedRequest, _reply, done) => {
    if (isGuarded(request.routeOptions.url)) request.access = accessOf(request.headers.authorization, platform);
    done();
  });
  if (platform.config.limits !== undefined) addLimit(fastify, platform.config.limits);
  fastify.addHook('onRequest', (request: ObservedRequest, _reply, done) => {
    const operation = operationOf(request);
    if (operation === undefined || !isGuarded(request.routeOptions.url)) return done();
    try {
      assertAccess(request.access, scopeOf(operation), request.headers.authorization);
      if (operation.path === METRICS_PATH) assertOperator(request.access);
      request.tenant = request.access.tenant;
    } catch (error) {
      return done(error as Error);
    }
    return done();
  });
}

type Limits = NonNullable<Config['limits']>;

/** At most `burst` requests of a key in the time in which `requestsPerSecond` allows that many. */
function addLimit(fastify: FastifyInstance, { requestsPerSecond, burst }: Limits): void {
  const max = burst ?? Math.ceil(2 * requestsPerSecond);
  const timeWindow = Math.ceil((max / requestsPerSecond) * 1000);
  void fastify.register(rateLimit, { global: false });
  let check: ReturnType<FastifyInstance['createRateLimit']> | undefined;
  fastify.addHook('onRequest', async (request, reply) => {
    if (!needsKey(request.routeOptions.url ?? '')) return;
    check ??= fastify.createRateLimit({ max, timeWindow, keyGenerator: callerOf });
    const answer = await check(request);
    if (answer.isAllowed || !answer.isExceeded) return;
    void reply.header('retry-after', String(Math.max(1, answer.ttlInSeconds)));
    throw new AttuneError('RATE_LIMITED', `more than ${max} requests within ${timeWindow / 1000} s`);
  });
}

/** Whose requests are counted together: those of a known key, or else of an address, so that guessing keys is slow. */
const callerOf = ({ access, ip }: ObservedRequest): string =>
  access?.keyId === undefined ? `address ${ip}` : `key ${access.keyId}`;
