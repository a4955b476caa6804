import type { KeptRecord, RecordDraft, RecordStore, UserRecord } from '@attune/sdk';
import {
  checkedRecords,
  checkIds,
  checkKind,
  checkListing,
  checkState,
  keptRecord,
} from '../../records/checked-record.js';
import { durably } from '../durably.js';
import type { ErasableLog, OpenLog } from '../record-log.js';
import { Turns } from '../turns.js';
import type { TableRecord } from './kind.table.js';
import { RecordTable, recordChangeSchema, type RecordChange } from './record.table.js';

/** Characters of the past that a log in use may hold besides as many as count. */
const MOST_PAST = 16 * 1024 * 1024;

export interface RecordStoreOptions {
  /** Epoch milliseconds: versions count up from it, so that none comes again after a restart. */
  readonly clock: () => number;
  /** A line for each change that another version wrote. */
  readonly warn: (line: string) => void;
}

/**
 * Records in memory, their values as text, over a log on disk: a line a change, the last one of an id counts. The log is
 * written anew where more than half of it is of the past: when it is opened, and in use once that is 16 MiB more. 100,000
 * records with values of 500 characters take 70 MB of memory, 120 MB where they are Chinese.
 */
export class EmbeddedRecordStore implements RecordStore {
  private readonly changes = new Turns();

  private constructor(
    private readonly log: ErasableLog,
    private readonly table: RecordTable,
    private readonly clock: () => number,
  ) {}

  static async open(openLog: OpenLog<ErasableLog>, { clock, warn }: RecordStoreOptions): Promise<EmbeddedRecordStore> {
    const table = new RecordTable();
    const log = await openLog((line) => {
      const { data } = recordChangeSchema.safeParse(line);
      if (data === undefined) warn('a record was written by another version and is left out');
      else table.apply(data);
    });
    if (table.past > table.present) {
      await log.rewrite(table.records());
      table.pastIsGone();
    }
    return new EmbeddedRecordStore(log, table, clock);
  }

  async get(kind: string, ids: readonly string[]): Promise<readonly (KeptRecord | undefined)[]> {
    checkIds(kind, ids);
    return ids.map((id) => this.table.get(kind, id)).map((record) => record && handedOut(record));
  }

  /** @throws AttuneError `NOT_DURABLE`: nothing was put. */
  async put(kind: string, records: readonly RecordDraft[]): Promise<void> {
    const checked = checkedRecords(kind, records);
    await this.changes.take(async () => {
      const version = this.nextVersion();
      await this.write(checked.map((record) => ({ kind, version, ...record })));
    });
  }

  /** @throws AttuneError `NOT_DURABLE`: it was not put. */
  async replace(kind: string, record: RecordDraft, version: string | undefined): Promise<boolean> {
    const checked = checkedRecords(kind, [record]);
    return await this.changes.take(async () => {
      const before = this.table.get(kind, record.id);
      if ((before && String(before.version)) !== version) return false;
      const next = this.nextVersion();
      await this.write(checked.map((each) => ({ kind, version: next, ...each })));
      return true;
    });
  }

  async list(kind: string, options: Parameters<RecordStore['list']>[1]): Promise<readonly KeptRecord[]> {
    checkListing(kind, options);
    return this.table.list(kind, options).map(handedOut);
  }

  async count(kind: string, state?: string): Promise<number> {
    checkKind(kind);
    checkState(state);
    return this.table.count(kind, state);
  }

  /** @throws AttuneError `NOT_DURABLE`: nothing was deleted. */
  async delete(kind: string, ids: readonly string[]): Promise<number> {
    checkIds(kind, ids);
    return await this.changes.take(async () => {
      const known = [...new Set(ids)].filter((id) => this.table.get(kind, id) !== undefined);
      await this.write(known.map((id) => ({ kind, id, deleted: true })));
      return known.length;
    });
  }

  async ofUser(userId: string): Promise<readonly UserRecord[]> {
    const found = this.table.ofUsers(new Set([userId]));
    return found.map((record) => ({ kind: record.kind, ...handedOut(record) }));
  }

  /** @throws AttuneError `NOT_DURABLE`: nothing was erased. */
  async erase(userIds: readonly string[]): Promise<number> {
    return await this.changes.take(async () => {
      const { table, log } = this;
      const people = new Set(userIds);
      const doomed = table.ofUsers(people);
      // Also where nothing is of them: a write that a crash cut short may name them.
      if (doomed.length === 0 && !table.pastMayName(people)) await durably(() => log.eraseTorn());
      else await durably(() => log.rewrite(table.records(people), { eraseTorn: true }));
      for (const { kind, id } of doomed) table.apply({ kind, id, deleted: true });
      if (doomed.length > 0) table.pastIsGone();
      return doomed.length;
    });
  }

  /** Waits for changes under way. */
  async close(): Promise<void> {
    await this.changes.take(() => this.log.close());
  }

  private async write(changes: readonly RecordChange[]): Promise<void> {
    await durably(() => this.log.append(changes));
    for (const change of changes) this.table.apply(change);
    await this.tidy();
  }

  private async tidy(): Promise<void> {
    const { table, log } = this;
    if (table.past <= table.present + MOST_PAST) return;
    try {
      await log.rewrite(table.records());
      table.pastIsGone();
    } catch {
      // Costs nothing but room: the old lines say the same, and it is tried again when as much has come.
      table.past = 0;
    }
  }

  private nextVersion(): number {
    return Math.max(this.table.newest + 1, Math.floor(this.clock()));
  }
}

const handedOut = (record: TableRecord): KeptRecord => keptRecord(record, String(record.version));
