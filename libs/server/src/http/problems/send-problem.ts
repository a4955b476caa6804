import type { ErrorCode } from '@attune/sdk';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ObservedRequest } from '../observed-request.js';
import { problemOf } from './problem-of.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** Seconds: what is away takes its time to come back, what is busy does not. */
const retryAfter = (code: ErrorCode): number => (code === 'TOO_BUSY' ? 1 : 5);

export type SendProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

/** Answers with the problem of what was thrown; failures of ours go to the log with the request's id. */
export const problemSender =
  (logger: Logger | undefined): SendProblem =>
  (error, request, reply) => {
    if (request.raw.destroyed && request.raw.errored) {
      logger?.debug({ requestId: request.id }, 'the client went away');
      return;
    }
    const problem = problemOf(error, request.id, request.routeOptions.bodyLimit);
    (request as ObservedRequest).problemCode = problem.code;
    if (problem.status >= 500 && problem.code !== 'NOT_READY')
      logger?.error({ requestId: request.id, err: error }, problem.code);
    if (reply.sent) return;
    const mayReturn = problem.status === 503 || problem.status === 429;
    if (mayReturn && !reply.hasHeader('retry-after')) reply.header('retry-after', String(retryAfter(problem.code)));
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="attune"');
    // Hooks that would have set these do not run where a path cannot be read. As bytes: Fastify would add a charset to text, which this media type does not have.
    void reply
      .code(problem.status)
      .headers({ 'x-request-id': request.id, ...SECURITY_HEADERS })
      .header('content-type', 'application/problem+json')
      .send(Buffer.from(JSON.stringify(problem)));
  };
