import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Platform, TenantPlatform } from '../platform/tenant-platform.js';
import { authorize } from './authorize.js';
import { needsKey } from './operations/operation.js';

const SECURITY_HEADERS = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' } as const;

/** What happens to every request besides its call: id, key, log. The key is asked for before a body is read. */
export function addHooks(fastify: FastifyInstance, platform: Platform, logger: Logger | undefined): void {
  let closing = false;
  fastify.decorateRequest('tenant', null);
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).headers(SECURITY_HEADERS);
    done();
  });
  fastify.addHook('onRequest', (request: FastifyRequest & { tenant?: TenantPlatform }, _reply, done) => {
    if (request.is404 || !needsKey(request.routeOptions.url ?? '')) return done();
    try {
      request.tenant = authorize(request.headers.authorization, platform);
    } catch (error) {
      return done(error as Error);
    }
    return done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    // A client that keeps its connection would otherwise hold up the end.
    if (closing) reply.header('connection', 'close');
    done();
  });
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  if (logger !== undefined) fastify.addHook('onResponse', logRequest(logger));
}

/** One line a request. Nothing of a person: no ids of users, no query, no body, and the route instead of the path. */
const logRequest =
  (logger: Logger) =>
  (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const route = request.is404 ? undefined : request.routeOptions.url;
    const ms = Math.round(reply.elapsedTime * 100) / 100;
    logger.info({ requestId: request.id, method: request.method, route, status: reply.statusCode, ms }, 'request');
    done();
  };
