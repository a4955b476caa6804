type Headers = Readonly<Record<string, string>>;

/** What goes wrong with an answer of the scripted language model. Made by `llmFaults`. */
export type LlmFault =
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'reply'; readonly status: number; readonly headers: Headers; readonly body: unknown }
  | { readonly kind: 'cutStream'; readonly afterPieces: number }
  | { readonly kind: 'refuse'; readonly member: string; readonly when: (value: unknown) => boolean }
  | { readonly kind: 'huge'; readonly bytes: number }
  | { readonly kind: 'notJson' | 'wrongIds' | 'noUsage' | 'hang' };

export interface StatusFaultOptions {
  /** The `Retry-After` header: seconds, or an HTTP date. Default: none. */
  readonly retryAfter?: number | string;
  /** Of the error that the body tells; default names the status. */
  readonly message?: string;
}

export interface ReplyFaultOptions {
  /** Default 200. */
  readonly status?: number;
  /** Besides a content type of JSON, or instead of it. */
  readonly headers?: Headers;
}

const reply = (body: unknown, { status = 200, headers = {} }: ReplyFaultOptions = {}): LlmFault => ({
  kind: 'reply',
  status,
  headers,
  body,
});

const refuse = (member: string, when: (value: unknown) => boolean = () => true): LlmFault => ({
  kind: 'refuse',
  member,
  when,
});

const asksForSchema = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'json_schema';

/** What can go wrong with a language model behind an address, for `next` and `always` of a scripted one. */
export const llmFaults = {
  /** Answers after `ms` milliseconds; the wait ends when the client goes away. */
  slow: (ms: number): LlmFault => ({ kind: 'slow', ms }),
  /** Answers with this status and an error in the API's shape. */
  status: (status: number, { retryAfter, message }: StatusFaultOptions = {}): LlmFault =>
    reply(
      { error: { message: message ?? `scripted status ${status}`, type: 'scripted', param: null, code: null } },
      { status, headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) } },
    ),
  /** Breaks the connection after so many pieces of a stream; an answer in one piece breaks in its middle. */
  cutStream: (afterPieces: number): LlmFault => ({ kind: 'cutStream', afterPieces }),
  /** Status 400 where the body has this member, in the words that such endpoints use; `when` looks at its value. */
  refuse,
  /** Status 400 where the body asks for a JSON schema; plain JSON is fine. */
  refuseSchema: refuse('response_format', asksForSchema),
  /** This body instead of an answer: text as it is, else as JSON. */
  reply,
  /** Status 200 with a body that is no JSON. */
  garbage: reply('\u0000<html>{"choices":['),
  /** A good envelope around a text that is not the JSON asked for. */
  notJson: { kind: 'notJson' },
  /** Names what does not exist: lists of numbers become `[999, 0, -1, 2, 2]`, other numbers 999, listed texts `no-such-id`. */
  wrongIds: { kind: 'wrongIds' },
  /** Says nothing of tokens used. */
  noUsage: { kind: 'noUsage' },
  /** An answer in the right shape whose text has so many bytes; default 10 MiB. */
  huge: (bytes: number = 10 * 1024 * 1024): LlmFault => ({ kind: 'huge', bytes }),
  /** Never answers. */
  hang: { kind: 'hang' },
} as const;
