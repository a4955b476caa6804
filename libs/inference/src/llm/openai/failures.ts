import { ModelError } from '../language-model.js';

/** Something that may pass: another try can help. */
export class PassingError extends ModelError {}

/** A status that says what was asked is wrong. */
export class RefusedError extends ModelError {
  constructor(
    readonly status: number,
    /** What the endpoint says of it, without secrets. */
    readonly detail: string,
    message: string,
  ) {
    super('refused', message);
  }
}

const PASSING = new Set([408, 409, 429, 500, 502, 503, 504]);

const LONGEST_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** An answer of another status than 2xx. */
export interface BadAnswer {
  readonly status: number;
  /** Address, without secrets. */
  readonly place: string;
  /** What the body says, without secrets. */
  readonly said: string;
  readonly retryAfterMs: number | undefined;
}

/** The error that a status means. */
export function failureOf({ status, place, said, retryAfterMs }: BadAnswer): ModelError {
  const told = `${place} answered ${status}${said === '' ? '' : `: ${shortened(said)}`}`;
  if (PASSING.has(status)) {
    const kind = status === 429 || retryAfterMs !== undefined ? 'busy' : 'unavailable';
    return new PassingError(kind, told, { retryAfterMs });
  }
  if (status >= 500) return new ModelError('unavailable', told);
  if (status < 400)
    return new RefusedError(status, said, `${told}; a redirect is not followed: correct ATTUNE_LLM_URL`);
  if (status === 401 || status === 403) return new RefusedError(status, said, `${told}; check ATTUNE_LLM_KEY`);
  const name = place.endsWith('/rerank') ? 'ATTUNE_LLM_RERANK_MODEL' : 'ATTUNE_LLM_MODEL';
  if (status === 404) return new RefusedError(status, said, `${told}; check ATTUNE_LLM_URL and ${name}`);
  return new RefusedError(status, said, told);
}

/** Milliseconds that a `Retry-After` header asks for: seconds or an HTTP date, at most a day; undefined where it is neither. */
export function retryAfterOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const asked = /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(asked) ? undefined : Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, Math.ceil(asked)));
}

/** What the body of an error says, in whichever of the usual shapes; one line. */
export function saidBy(body: string): string {
  return oneLine(messageIn(jsonOrText(body)) ?? body);
}

function jsonOrText(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function messageIn(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || body === null) return undefined;
  if ('error' in body) return messageIn(body.error);
  if ('message' in body) return messageIn(body.message);
  // FastAPI tells what is wrong with a body as a list.
  return 'detail' in body ? (messageIn(body.detail) ?? JSON.stringify(body.detail)) : undefined;
}

// eslint-disable-next-line no-control-regex -- what an endpoint says may end up in a terminal
const oneLine = (text: string): string => text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();

/** What others say, kept to the length of a line of a log. */
export const shortened = (text: string): string => (text.length > 500 ? `${text.slice(0, 500)}…` : text);
