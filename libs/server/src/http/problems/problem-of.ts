import { DataFolderError } from '@attune/stores';
import { AttuneError, ERROR_TABLE, type ErrorCode } from '@attune/sdk';
import { InvalidRequest } from './invalid-request.js';
import { issuesOf, type Fault } from './issues.js';
import { pageOf, type Problem } from './problem.schema.js';

const MAX_FAULTS = 20;

const TOO_LARGE =
  'the body is larger than 8 MiB: send fewer rows a request, or a stream of application/x-ndjson where the call takes one';

/** What Fastify says before a handler is reached. */
const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_JSON',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_INVALID_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_BAD_URL: 'VALIDATION_FAILED',
  FST_ERR_MAX_PARAM_LENGTH: 'VALIDATION_FAILED',
};

/** The problem document of whatever was thrown. Nothing of an unforeseen error is told. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof InvalidRequest) {
    const errors = issuesOf(error.issues, MAX_FAULTS);
    const [first] = errors;
    return problem(
      'VALIDATION_FAILED',
      `${first?.pointer || 'the body'}: ${first?.detail ?? 'not valid'}`,
      requestId,
      errors,
    );
  }
  if (error instanceof AttuneError) {
    const { code, detail, pointer } = error;
    if (code === 'NOT_DURABLE') return notDurable(requestId);
    return problem(code, detail, requestId, pointer === undefined ? undefined : [{ pointer, code, detail }]);
  }
  if (error instanceof DataFolderError) return notDurable(requestId);
  const fastify = FASTIFY_CODES[fastifyCode(error)];
  if (fastify === 'PAYLOAD_TOO_LARGE') return problem(fastify, TOO_LARGE, requestId);
  if (fastify !== undefined) return problem(fastify, fastifyDetail(error), requestId);
  return problem('INTERNAL', `unforeseen; the server log has the cause under ${requestId}`, requestId);
}

/** The cause may name folders of the server: it is in the log, not in the answer. */
const notDurable = (requestId: string): Problem =>
  problem('NOT_DURABLE', 'nothing was acknowledged; the server log names the cause', requestId);

function problem(code: ErrorCode, detail: string, instance: string, errors?: readonly Fault[]): Problem {
  const { status, title, retryable } = ERROR_TABLE[code];
  const listed = errors === undefined || errors.length === 0 ? {} : { errors: [...errors] };
  return { type: pageOf(code), title, status, code, detail, instance, ...listed, retryable };
}

/** By its text: errors of another copy of Fastify, or of another realm, are no instances of ours. */
function fastifyCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

const fastifyDetail = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : 'not readable';
