import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AttuneError } from '@attune/sdk';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SendProblem } from './problems/send-problem.js';
import { RouteTable } from './route-table.js';
import { requestIdOf } from './request-id.js';

/** Bytes a body may have. */
export const BODY_LIMIT_BYTES = 8 * 1024 * 1024;
/** An id of 256 characters, each percent-encoded as three bytes. */
const MAX_PARAM_LENGTH = 256 * 9;

/** Fastify under Nest: every error of its own, and every path it does not know, is answered as a problem. */
export class GatewayAdapter extends FastifyAdapter {
  readonly routes = new RouteTable();

  constructor(private readonly sendProblem: SendProblem) {
    super({
      bodyLimit: BODY_LIMIT_BYTES,
      genReqId: requestIdOf,
      requestIdHeader: false,
      frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
        sendProblem(error, request, reply.header('x-request-id', request.id)),
      routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    });
    const fastify = this.getInstance<FastifyInstance>();
    fastify.addHook('onRoute', ({ url, method }) => this.routes.add(url, [method].flat()));
    readJson(fastify);
  }

  /** Nest's own handler would hide Fastify's codes. */
  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.getInstance<FastifyInstance>().setErrorHandler(this.sendProblem) as never;
  }

  override setNotFoundHandler(): ReturnType<FastifyAdapter['setNotFoundHandler']> {
    const answer = (request: FastifyRequest, reply: FastifyReply): void => {
      const methods = this.routes.methodsOf(request.raw.url ?? '');
      if (methods.length > 0) reply.header('allow', methods.join(', '));
      this.sendProblem(unroutable(request, methods), request, reply);
    };
    return this.getInstance<FastifyInstance>().setNotFoundHandler(answer) as never;
  }
}

function unroutable({ method, url }: FastifyRequest, methods: readonly string[]): AttuneError {
  const path = url.split('?', 1)[0]!.slice(0, 200);
  if (methods.length === 0) return new AttuneError('ROUTE_NOT_FOUND', `there is no ${path}`);
  return new AttuneError('METHOD_NOT_ALLOWED', `${path} takes ${methods.join(', ')}, not ${method}`);
}

/** JSON is the only type of body; an empty one is left to the call, since a DELETE may say JSON and send nothing. */
function readJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      if (body.length === 0) return done(null, undefined);
      // Fastify's types ask for a string; its parser takes the bytes as well, without a copy of our own.
      return parse(request, body as never, done);
    },
  );
}
