import { DataFolderError } from '@attune/stores';
import { HttpException } from '@nestjs/common';
import { AttuneError, ERROR_TABLE, type ErrorCode } from '@attune/sdk';
import { InvalidRequest } from './invalid-request.js';
import { issuesOf, type Fault } from './issues.js';
import { pageOf, type Problem } from './problem.schema.js';

const MAX_FAULTS = 20;

const MIB = 1024 * 1024;
/** Of calls that do not say more. */
export const BODY_LIMIT_BYTES = 8 * MIB;

/** What Fastify and Node.js say before a handler is reached. */
const EDGE_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_JSON',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_INVALID_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_BAD_URL: 'VALIDATION_FAILED',
  FST_ERR_MAX_PARAM_LENGTH: 'VALIDATION_FAILED',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

/** Of any other error that says itself that the caller is at fault, by its status. */
const CODES_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'ROUTE_NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
  431: 'HEADERS_TOO_LARGE',
};

/** The problem document of whatever was thrown by a call that takes so large a body. Nothing of an unforeseen error is told. */
export function problemOf(error: unknown, requestId: string, limitBytes = BODY_LIMIT_BYTES): Problem {
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
  const edge = edgeCode(error);
  if (edge === 'PAYLOAD_TOO_LARGE') return problem(edge, tooLarge(limitBytes), requestId);
  if (edge !== undefined) return problem(edge, textIn(error, 'message') ?? 'not readable', requestId);
  return problem('INTERNAL', `unforeseen; the server log has the cause under ${requestId}`, requestId);
}

/** Rows are sent to calls of the usual limit; what may be larger is one thing. */
function tooLarge(limitBytes: number): string {
  const fix =
    limitBytes === BODY_LIMIT_BYTES
      ? 'send fewer rows a request, or a stream of application/x-ndjson where the call takes one'
      : 'it is the most that this call takes';
  return `the body is larger than ${limitBytes / MIB} MiB: ${fix}`;
}

/** The cause may name folders of the server: it is in the log, not in the answer. */
const notDurable = (requestId: string): Problem =>
  problem('NOT_DURABLE', 'nothing was acknowledged; the server log names the cause', requestId);

function problem(code: ErrorCode, detail: string, instance: string, errors?: readonly Fault[]): Problem {
  const { status, title, retryable } = ERROR_TABLE[code];
  const listed = errors === undefined || errors.length === 0 ? {} : { errors: [...errors] };
  return { type: pageOf(code), title, status, code, detail, instance, ...listed, retryable };
}

/** Code of what went wrong before a call was reached, undefined where it was not the caller's fault. */
function edgeCode(error: unknown): ErrorCode | undefined {
  const known = EDGE_CODES[textIn(error, 'code') ?? ''];
  if (known !== undefined) return known;
  const status = statusOf(error);
  return status >= 400 && status < 500 ? (CODES_BY_STATUS[status] ?? 'VALIDATION_FAILED') : undefined;
}

/** As Fastify and Nest tell it; 0 where nobody does. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 0;
  if (error instanceof HttpException) return error.getStatus();
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 0;
}

/** By its text: errors of another copy of Fastify, or of another realm, are no instances of ours. */
function textIn(error: unknown, member: string): string | undefined {
  const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[member] : undefined;
  return typeof value === 'string' ? value : undefined;
}
