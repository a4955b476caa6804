import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { Platform } from '../platform/tenant-platform.js';
import type { Tracing } from '../telemetry/tracing.js';
import { addAccessHooks } from './access-hooks.js';
import { operationOf, type ObservedRequest } from './observed-request.js';
import { SECURITY_HEADERS } from './problems/security-headers.js';
import { addTraceHooks } from './trace-hooks.js';

export interface HookOptions {
  readonly logger: Logger | undefined;
  readonly tracing: Tracing | undefined;
  readonly metricsOpen: boolean;
}

/** What happens to every request besides its call: id, trace, key, limit, metrics, log. */
export function addHooks(fastify: FastifyInstance, platform: Platform, options: HookOptions): void {
  const { logger, tracing } = options;
  let closing = false;
  for (const fact of ['access', 'tenant', 'problemCode']) fastify.decorateRequest(fact);
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).headers(SECURITY_HEADERS);
    done();
  });
  if (tracing !== undefined) addTraceHooks(fastify, tracing);
  addAccessHooks(fastify, platform, options);
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    // A client that keeps its connection would otherwise hold up the end.
    if (closing) reply.header('connection', 'close');
    done();
  });
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onResponse', measureRequest(platform));
  if (logger !== undefined) fastify.addHook('onResponse', logRequest(logger));
}

type AfterRequest = (request: ObservedRequest, reply: FastifyReply, done: () => void) => void;

const measureRequest =
  ({ metrics }: Platform): AfterRequest =>
  (request, reply, done) => {
    const operation = operationOf(request)?.id ?? (request.is404 ? 'none' : 'docs');
    const labels = [operation, request.method, String(reply.statusCode), request.problemCode ?? ''];
    metrics.time('attune_http_request_duration_seconds', labels, reply.elapsedTime);
    done();
  };

/** One line a request. Nothing of a person: no ids of users, no query, no body, and the route instead of the path. */
const logRequest =
  (logger: Logger): AfterRequest =>
  (request, reply, done) => {
    const line = {
      requestId: request.id,
      tenant: request.tenant?.tenant,
      method: request.method,
      route: request.is404 ? undefined : request.routeOptions.url,
      status: reply.statusCode,
      code: request.problemCode,
      ms: Math.round(reply.elapsedTime * 100) / 100,
    };
    logger.info(line, 'request');
    done();
  };
