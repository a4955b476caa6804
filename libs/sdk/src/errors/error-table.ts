/** One row a code: its HTTP status, whether a retry can help, and what to do about it. */
export interface ErrorRow {
  readonly status: number;
  readonly title: string;
  readonly retryable: boolean;
  readonly fix: string;
}

const row = (status: number, title: string, fix: string, retryable = false): ErrorRow => ({
  status,
  title,
  retryable,
  fix,
});

/** Every error a caller can meet. The documentation pages are generated from this table. */
export const ERROR_TABLE = {
  VALIDATION_FAILED: row(
    400,
    'The request does not fit its schema',
    'Mend the fields named in `errors`; each has a JSON pointer.',
  ),
  MALFORMED_JSON: row(400, 'The body is not JSON', 'Send valid JSON with `Content-Type: application/json`.'),
  TOO_MANY_ROWS: row(400, 'The batch holds too many rows', 'Send at most 10,000 rows a request.'),
  FIELD_NOT_FILTERABLE: row(
    400,
    'A filter names a field that is not declared',
    'Declare it under `attributes` in the configuration, as `detail` shows.',
  ),
  ATTRIBUTE_NOT_DECLARED: row(
    400,
    'An attribute is asked for that is not declared as a keyword',
    'Declare it under `attributes` in the configuration, as `detail` shows.',
  ),
  AT_IN_FUTURE: row(400, '`at` lies more than 5 minutes ahead', 'Send a moment that has been, or leave `at` out.'),
  UNKNOWN_EVENT_TYPE: row(
    400,
    'The event is of a type nobody declared',
    'Use a built-in type, or give yours a weight under `events` in the configuration, as `message` shows.',
  ),
  CURSOR_INVALID: row(
    400,
    'The cursor is none of ours',
    'Send the `cursor` of a slate as it was given, with the same call.',
  ),
  FACET_UNKNOWN: row(
    400,
    'A facet is asked for that is not declared',
    'Declare the attribute with `facet: true` in the configuration, as `detail` shows.',
  ),
  PLUGIN_UNKNOWN: row(
    400,
    'No such plugin',
    'Use one of those named in `detail`, or list the package under `plugins`.',
  ),
  UNAUTHORIZED: row(
    401,
    'No valid API key',
    'Send `Authorization: Bearer <key>` with a key the server was started with.',
  ),
  FORBIDDEN: row(
    403,
    'The API key lacks the scope this call needs',
    'Use a key with the scope named in `detail`: `ATTUNE_API_KEYS=key=tenant:scope+scope`.',
  ),
  ITEM_NOT_FOUND: row(404, 'No such item', 'Check the id; percent-encode it in a path.'),
  USER_NOT_FOUND: row(404, 'No such user', 'Check the id; a user is known once he is described or has an event.'),
  OFFER_NOT_FOUND: row(404, 'No such offer', 'Check the id: `GET /v1/offers` lists those there are.'),
  SLATE_NOT_FOUND: row(
    404,
    'No such slate in the log',
    'Check the id; slates are kept for the time that `slateLog` says.',
  ),
  ARTIFACT_NOT_FOUND: row(
    404,
    'No such model',
    'Name a model and digest that `detail` lists, or leave `artifacts` out.',
  ),
  RESULT_NOT_FOUND: row(
    404,
    'The job left no result',
    'Only recommend, evaluate, diff, compare, instructions and erase jobs leave one.',
  ),
  SURFACE_NOT_FOUND: row(
    404,
    'No such surface',
    'Use one of the surfaces named in `detail`, or add a pipeline file for it.',
  ),
  SPACE_NOT_FOUND: row(
    404,
    'No such space, or no such version of it',
    'Use one of those named in `detail`, or add it to the `versions` of its embedder.',
  ),
  JOB_NOT_FOUND: row(404, 'No such job', 'Check the id; a finished job is kept for at least 24 hours.'),
  ROUTE_NOT_FOUND: row(404, 'No such path', 'See `/docs` for the calls there are.'),
  METHOD_NOT_ALLOWED: row(405, 'The path does not take this method', 'See `/docs` for the calls there are.'),
  REQUEST_TIMEOUT: row(
    408,
    'The request did not arrive in time',
    'Send its headers and its body without pauses.',
    true,
  ),
  SPACE_NOT_FILLED: row(
    409,
    'The version has no vectors of too many items',
    'Wait for the `backfill` job under way, or start one; `GET /v1/spaces` says what is missing.',
    true,
  ),
  JOB_NOT_CANCELABLE: row(409, 'The job has ended', 'Only waiting and active jobs can be canceled.'),
  JOB_NOT_RETRYABLE: row(
    409,
    'The job cannot be done again',
    'Only failed jobs can; enqueue it anew with its request.',
  ),
  JOB_NOT_ENDED: row(409, 'The job is still under way', 'Ask again when `GET /v1/jobs/{id}` says completed.', true),
  IDEMPOTENCY_KEY_REUSED: row(
    409,
    'The idempotency key was used for another request',
    'Use a new `Idempotency-Key` for a new request.',
  ),
  TOO_MANY_OFFERS: row(
    409,
    'There are as many offers as there may be',
    'Delete those that are over: `GET /v1/offers` lists all, `DELETE /v1/offers/{id}` deletes one.',
  ),
  TOO_MANY_JOBS: row(
    429,
    'Too many jobs are waiting',
    'Wait until some have ended, or cancel some: GET /v1/jobs?state=waiting lists them.',
    true,
  ),
  SYNC_REFUSED: row(
    409,
    'The feed would retire too many items',
    'Check that the feed is whole; if it is, raise `maxRetiredShare` as `detail` says.',
  ),
  MODEL_UNUSABLE: row(
    422,
    'The model cannot be used as it is declared',
    'Mend the file or its declaration as `detail` says, and import it again.',
  ),
  ENRICHMENT_NOT_FOUND: row(
    404,
    'Nothing is known of the texts of the item',
    'Start a job of the type `enrich`; see the guide on enrichment.',
  ),
  DRAFT_NOT_FOUND: row(404, 'The item has no draft of a description', 'Start a job of the type `describe`.'),
  INTERESTS_CHANGED: row(
    409,
    'The interests were changed at the same time',
    'Read them again, and repeat the change.',
    true,
  ),
  VALUE_NOT_PROPOSED: row(
    422,
    'The texts of the item do not say this value',
    'Use one of `values` of `GET /v1/enrichments/{id}`; give other values to the item by `PATCH /v1/items/{id}`.',
  ),
  ENRICHMENT_OUTDATED: row(
    409,
    'The texts of the item have changed since they were read',
    'Start a job of the type `enrich` and look again.',
  ),
  DRAFT_OUTDATED: row(
    409,
    'The item has changed since its draft was written',
    'Start a job of the type `describe` and look again, or send the `text` that the item is to have.',
  ),
  RECORD_CHANGED: row(409, 'Others are changing the same record', 'Look at it again, then send the call again.', true),
  NOTHING_TO_WRITE: row(
    422,
    'Nothing can be written of the item',
    'Give it a title with words; if it has one, look whether `llm.blocked` has one of them.',
  ),
  CURSOR_EXPIRED: row(410, 'The cursor has expired', 'Ask for the first page again: a cursor lives for 15 minutes.'),
  LINE_TOO_LONG: row(413, 'A line of the feed is larger than 1 MiB', 'Send one JSON object a line, each under 1 MiB.'),
  PAYLOAD_TOO_LARGE: row(
    413,
    'The body is larger than the call takes',
    'Send less at once: `detail` says how much it takes.',
  ),
  UNSUPPORTED_MEDIA_TYPE: row(
    415,
    'The body is of a type this call does not read',
    'Send `Content-Type: application/json`.',
  ),
  MALFORMED_HTTP: row(400, 'The bytes are not an HTTP request', 'Send HTTP/1.1, with as many bytes as announced.'),
  HEADERS_TOO_LARGE: row(
    431,
    'The headers, with the path, are larger than 16 KiB',
    'Send a shorter path and query; what is long belongs into the body of a POST.',
  ),
  RATE_LIMITED: row(
    429,
    'Too many requests for this key',
    'Wait as `Retry-After` says, then send fewer at a time.',
    true,
  ),
  TOO_BUSY: row(
    429,
    'More rows are being stored than the server takes at once',
    'Wait as `Retry-After` says, then send the same rows again: ids make it safe.',
    true,
  ),
  INTERNAL: row(
    500,
    'Something broke on our side',
    'Retry once; report the request id with the log line that has it.',
    true,
  ),
  NOT_DURABLE: row(
    503,
    'The event log cannot be written',
    'Mend the data folder as the server log says (space, permissions), then retry: ids make it safe.',
    true,
  ),
  STORE_UNAVAILABLE: row(
    503,
    'A store cannot be reached',
    'Look at the service that `detail` names; what was acknowledged is safe, and a retry is.',
    true,
  ),
  NOT_READY: row(503, 'The pipelines are not warm yet', 'Wait for `/health/ready` to answer 200.', true),
} as const satisfies Readonly<Record<string, ErrorRow>>;
export type ErrorCode = keyof typeof ERROR_TABLE;

/** Something that went wrong with a code of the table. `detail` is one line for a person. */
export class AttuneError extends Error {
  override readonly name = 'AttuneError';
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    options: ErrorOptions & { readonly pointer?: string } = {},
  ) {
    super(`${code}: ${detail}`, options);
    this.pointer = options.pointer;
  }
  /** JSON pointer of the member at fault, where there is one. */
  readonly pointer: string | undefined;

  /** Whether the same call may succeed later. */
  get retryable(): boolean {
    return ERROR_TABLE[this.code].retryable;
  }
}

/** What a slate's `degraded` may name: something was left out, the rest was served. */
export const DEGRADATION_TABLE = {
  PLUGIN_TIMEOUT: 'The plugin did not answer within its budget; its part was left out.',
  PLUGIN_FAILED: 'The plugin threw; its part was left out.',
  PLUGIN_BROKE_CONTRACT: 'The plugin answered something its kind forbids; the answer was thrown away.',
  PLUGIN_CIRCUIT_OPEN: 'The plugin failed repeatedly and rests; it is tried again shortly.',
  DEADLINE_EXCEEDED: 'The request ran out of time before this plugin could start.',
  LOAD_SHED: 'The server is busy: plugins above the current rung of the degradation ladder were left out.',
  PROFILE_UNAVAILABLE:
    'What is known of the user could not be read in time: the slate follows no history. The next one tries again.',
  STORE_UNAVAILABLE:
    'The catalogue could not be read: the slate is made of the items that the server has at hand. The next one tries again.',
  INTERESTS_DELETED: 'The user had what is known of his interests deleted: it is not made again until he edits it.',
  NO_PROFILING: 'The user did not consent to profiling: the slate follows no history.',
  ARTIFACT_MISSING: 'The model is not trained yet; `POST /v1/jobs {"type":"train"}` trains it.',
  LLM_MISSING:
    'The server has no such language model: set `ATTUNE_LLM_URL` and `ATTUNE_LLM_MODEL` (for `llm-relevance` also ' +
    '`ATTUNE_LLM_RERANK_MODEL`), or `ATTUNE_LLM_FILE`.',
  LLM_LATE:
    'The language model did not answer within the step’s budget; its answer is kept for the next equal request.',
  LLM_CIRCUIT_OPEN:
    'The language model failed or was late repeatedly and is not waited for; it is tried again shortly.',
  LLM_UNAVAILABLE: 'The language model could not be reached, broke off, or refused what was asked.',
  LLM_UNUSABLE: 'The language model answered something that is no answer; it was thrown away.',
  LLM_RATE_LIMITED: 'The language model is asked as often as its limits allow; this was left out.',
  LLM_BUDGET_SPENT:
    'What language models may cost is spent, of this call or of the day; the next day begins at 0:00 UTC.',
} as const satisfies Readonly<Record<string, string>>;
export type DegradationCode = keyof typeof DEGRADATION_TABLE;

/** Why there is no answer of a language model. */
export type LlmCode = Extract<DegradationCode, `LLM_${string}`>;

/** A port's refusal that a plugin or the engine can act upon. */
export class PortError extends Error {
  override readonly name = 'PortError';
  constructor(
    readonly code: 'ARTIFACT_MISSING' | 'SPACE_UNKNOWN' | LlmCode,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}
