import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** 1–128 visible ASCII characters. */
const ACCEPTED = /^[\x21-\x7e]{1,128}$/;

/** The caller's `X-Request-Id` where it is one, else a new id. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && ACCEPTED.test(sent) ? sent : randomUUID();
}
