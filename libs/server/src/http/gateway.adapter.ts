import type { Server } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AttuneError } from '@attune/sdk';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BODY_LIMIT_BYTES } from './problems/problem-of.js';
import { refuseBytes } from './problems/refuse-bytes.js';
import { bodyTypesOf, NDJSON, routeOf } from './operations/operation.js';
import { OPERATIONS } from './operations/operations.js';
import type { SendProblem } from './problems/send-problem.js';
import { RouteTable } from './route-table.js';
import { requestIdOf } from './request-id.js';
import { NdjsonBody } from './rows/ndjson.js';

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
      frameworkErrors: sendProblem,
      clientErrorHandler: refuseBytes,
      routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    });
    const fastify = this.getInstance<FastifyInstance>();
    fastify.addHook('onRoute', (route) => {
      const methods = [route.method].flat();
      this.routes.add(route.url, methods);
      const limit = BODY_LIMITS.get(`${methods[0]} ${route.url}`);
      if (limit !== undefined) route.bodyLimit = limit;
    });
    meetExpectations(fastify.server);
    readBodies(fastify);
  }

  /** Nest's own handler would hide Fastify's codes. What is wrong with a body matters only where a call would read it. */
  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    const answer = (error: unknown, request: FastifyRequest, reply: FastifyReply): void =>
      request.is404 ? this.#refuseRoute(request, reply) : this.sendProblem(error, request, reply);
    return this.getInstance<FastifyInstance>().setErrorHandler(answer) as never;
  }

  override setNotFoundHandler(): ReturnType<FastifyAdapter['setNotFoundHandler']> {
    const answer = (request: FastifyRequest, reply: FastifyReply): void => this.#refuseRoute(request, reply);
    return this.getInstance<FastifyInstance>().setNotFoundHandler(answer) as never;
  }

  #refuseRoute(request: FastifyRequest, reply: FastifyReply): void {
    const methods = this.routes.methodsOf(request.raw.url ?? '');
    if (methods.length > 0) reply.header('allow', methods.join(', '));
    this.sendProblem(unroutable(request, methods), request, reply);
  }
}

/** Takes every `Expect`. One that is not understood may be ignored; Node.js would answer it without a body. */
function meetExpectations(server: Server): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('checkContinue', (request, response) => {
    // Behind an answer that is not through yet, Node.js would put it between the head and the body of this one.
    if (response.socket) response.writeContinue();
    server.emit('request', request, response);
  });
}

function unroutable({ method, url }: FastifyRequest, methods: readonly string[]): AttuneError {
  const path = url.split('?', 1)[0]!.slice(0, 200);
  if (methods.length === 0) return new AttuneError('ROUTE_NOT_FOUND', `there is no ${path}`);
  return new AttuneError('METHOD_NOT_ALLOWED', `${path} takes ${methods.join(', ')}, not ${method}`);
}

const MERGE_PATCH = 'application/merge-patch+json';
/** Media types that each route takes, by method and path. */
const BODY_TYPES: ReadonlyMap<string, readonly string[]> = new Map(
  OPERATIONS.map((operation) => [`${operation.method.toUpperCase()} ${routeOf(operation)}`, bodyTypesOf(operation)]),
);

/** Bytes that bodies of some routes may have, by method and path. */
const BODY_LIMITS: ReadonlyMap<string, number> = new Map(
  OPERATIONS.flatMap((operation) =>
    operation.bodyLimitBytes === undefined
      ? []
      : [[`${operation.method.toUpperCase()} ${routeOf(operation)}`, operation.bodyLimitBytes] as const],
  ),
);

/** Methods whose bodies nobody looks at, whatever they are. */
const NEVER_READ: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** JSON is read whole, NDJSON is left to the call; no other body is read. */
function readBodies(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addHook('preParsing', (request, _reply, body, done) => {
    const coding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
    if (coding === 'identity' || NEVER_READ.has(request.method)) done(null, body);
    else done(unread(coding));
  });
  fastify.addContentTypeParser(
    ['application/json', MERGE_PATCH],
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      // An empty one is left to the call too: a DELETE may say JSON and send nothing.
      if (body.length === 0) return done(null, undefined);
      const taken = typesOf(request);
      if (taken.length > 0 && taken.every((type) => type === NDJSON)) return done(unsupported(request, taken));
      // Fastify's types ask for a string; its parser takes the bytes as well, without a copy of our own.
      return parse(request, body as never, done);
    },
  );
  fastify.addContentTypeParser(NDJSON, (request, stream, done) => {
    const taken = typesOf(request);
    if (taken.includes(NDJSON)) done(null, new NdjsonBody(stream));
    else done(unsupported(request, taken));
  });
  fastify.addContentTypeParser('*', (request, _stream, done) => done(unsupported(request, typesOf(request))));
}

function unread(coding: string): AttuneError {
  const detail = `a body with Content-Encoding '${coding.slice(0, 100)}' is not read: send it as it is, without compression`;
  return new AttuneError('UNSUPPORTED_MEDIA_TYPE', detail);
}

const typesOf = ({ method, routeOptions }: FastifyRequest): readonly string[] =>
  BODY_TYPES.get(`${method} ${routeOptions.url ?? ''}`) ?? [];

function unsupported({ headers, method, routeOptions }: FastifyRequest, taken: readonly string[]): AttuneError {
  const sent = headers['content-type'];
  const what = sent === undefined ? 'the body has no Content-Type' : `a body of '${sent.slice(0, 100)}' is not read`;
  const fix = taken.length === 0 ? 'send none' : `send Content-Type: ${taken.join(' or ')}`;
  return new AttuneError('UNSUPPORTED_MEDIA_TYPE', `${what}: ${fix} with ${method} ${routeOptions.url ?? ''}`);
}
