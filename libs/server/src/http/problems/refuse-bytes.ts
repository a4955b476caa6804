import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AttuneError } from '@attune/sdk';
import { problemOf } from './problem-of.js';
import { SECURITY_HEADERS } from './security-headers.js';

const ENDS: ReadonlySet<string> = new Set(['HPE_HEADER_OVERFLOW', 'ERR_HTTP_REQUEST_TIMEOUT']);

/**
 * Answers what never became a request with a problem all the same, and ends the connection: nobody knows where the next
 * request on it would begin.
 */
export function refuseBytes(error: Error & { readonly code?: string }, socket: Socket): void {
  // Gone, or in the midst of an answer.
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const id = randomUUID();
  const known = ENDS.has(error.code ?? '');
  const problem = problemOf(known ? error : new AttuneError('MALFORMED_HTTP', error.message), id);
  const body = JSON.stringify(problem);
  const headers = {
    ...{ 'x-request-id': id, ...SECURITY_HEADERS, 'content-type': 'application/problem+json' },
    ...{ 'content-length': Buffer.byteLength(body), connection: 'close' },
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`);
  socket.destroySoon();
}
