import type { Span } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import type { Tracing } from '../telemetry/tracing.js';
import type { ObservedRequest } from './observed-request.js';

/** A span a request, named by its route; health and metrics are asked for too often to be worth one. */
export function addTraceHooks(fastify: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<ObservedRequest, Span>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const route = request.is404 ? undefined : request.routeOptions.url;
    if (route?.startsWith('/v1/') === true) spans.set(request, tracing.begin(request.method, route, request.headers));
    done();
  });
  // Not earlier: reading a body leaves the context that was set before it.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request);
    if (span === undefined) done();
    else tracing.within(span, done);
  });
  fastify.addHook('onResponse', (request: ObservedRequest, reply, done) => {
    const span = spans.get(request);
    const { tenant, problemCode: code } = request;
    if (span !== undefined) tracing.end(span, { status: reply.statusCode, tenant: tenant?.tenant, code });
    done();
  });
}
