import { setTimeout as pause } from 'node:timers/promises';
import type { estypes } from '@elastic/elasticsearch';
import { notDurable, type ElasticsearchConnection } from './client.js';

interface Target {
  readonly index: string;
  /** Whether `index` is an alias that must be there: else what is not there is made, without its fields. */
  readonly requireAlias?: boolean | undefined;
  /** As of `documentId`. */
  readonly id: string;
  /** The version that must still be there, else 409. */
  readonly expected?: DocumentVersion | undefined;
}

export interface DocumentVersion {
  readonly seqNo: number;
  readonly primaryTerm: number;
}

/** One change of one document. `update` replaces the members it has, `index` the whole document. */
export type BulkOperation =
  | (Target & { readonly action: 'create' | 'index' | 'update'; readonly document: object })
  | (Target & { readonly action: 'delete' });

export interface BulkResult {
  /** As of HTTP: 200, 201, 404 where it is not there, 409 where another version is. */
  readonly status: number;
  readonly version?: DocumentVersion | undefined;
}

const MAX_BYTES = 5 * 1024 * 1024;
const MAX_ROWS = 5_000;
const REJECTED = 429;
/** Comes with the status of a document that is not there. */
const NO_INDEX = 'index_not_found_exception';
/** Pauses before rejected rows are sent again, milliseconds. */
const BACKOFF_MS = [100, 400, 1_600];
const PARTS = ['status', '_seq_no', '_primary_term', 'error.type', 'error.reason'];

/**
 * Sends changes, in requests of bounded size, one after the other; results are aligned with the operations. Rows that the
 * server rejects for its load are sent again.
 *
 * @throws AttuneError `NOT_DURABLE` where a row fails with a status other than the `expected` ones; others may be done.
 */
export async function bulk(
  connection: ElasticsearchConnection,
  operations: readonly BulkOperation[],
  expected: readonly number[] = [],
): Promise<readonly BulkResult[]> {
  const results: BulkResult[] = [];
  for (const lines of requests(operations)) {
    for (const item of await sendRows(connection, lines)) {
      const { status, error, _seq_no: seqNo, _primary_term: primaryTerm } = item;
      if (status >= 300 && (!expected.includes(status) || error?.type === NO_INDEX))
        throw notDurable(new Error(`a row failed with ${status} ${error?.type ?? ''}: ${error?.reason ?? ''}`));
      const version = seqNo === undefined || primaryTerm === undefined ? undefined : { seqNo, primaryTerm };
      results.push({ status, version });
    }
  }
  return results;
}

/** The lines of each request: one or two a row. */
function* requests(operations: readonly BulkOperation[]): Generator<readonly string[]> {
  let rows: string[] = [];
  let bytes = 0;
  for (const operation of operations) {
    const row = linesOf(operation);
    const size = Buffer.byteLength(row, 'utf8') + 1;
    if (rows.length > 0 && (rows.length === MAX_ROWS || bytes + size > MAX_BYTES)) {
      yield rows;
      [rows, bytes] = [[], 0];
    }
    rows.push(row);
    bytes += size;
  }
  if (rows.length > 0) yield rows;
}

function linesOf(operation: BulkOperation): string {
  const { action, index, id, expected, requireAlias } = operation;
  const version = expected && { if_seq_no: expected.seqNo, if_primary_term: expected.primaryTerm };
  const alias = requireAlias && { require_alias: true };
  const head = JSON.stringify({ [action]: { _index: index, _id: id, ...version, ...alias } });
  if (operation.action === 'delete') return head;
  const body = operation.action === 'update' ? { doc: operation.document } : operation.document;
  return `${head}\n${JSON.stringify(body)}`;
}

async function sendRows(
  connection: ElasticsearchConnection,
  rows: readonly string[],
): Promise<readonly estypes.BulkResponseItem[]> {
  const items = [...(await send(connection, rows))];
  for (const ms of BACKOFF_MS) {
    const rejected = items.flatMap(({ status }, at) => (status === REJECTED ? [at] : []));
    if (rejected.length === 0) break;
    await pause(ms);
    const again = await send(
      connection,
      rejected.map((at) => rows[at] ?? ''),
    );
    for (const [i, at] of rejected.entries()) items[at] = again[i] ?? items[at]!;
  }
  return items;
}

async function send(
  connection: ElasticsearchConnection,
  rows: readonly string[],
): Promise<readonly estypes.BulkResponseItem[]> {
  const { items } = await connection.write((client) =>
    client.bulk<string>({ operations: [...rows], filter_path: PARTS.map((part) => `items.*.${part}`) }),
  );
  const answers = items.flatMap((each) => Object.values(each));
  if (answers.length !== rows.length) throw notDurable(new Error(`${rows.length} rows, ${answers.length} answers`));
  return answers;
}
