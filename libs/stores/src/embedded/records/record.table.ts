import type { RecordStore } from '@attune/sdk';
import { z } from 'zod';
import { KindTable, type TableRecord } from './kind.table.js';

const name = { kind: z.string(), id: z.string() };
/** A line of the log: a record as it was put, or the name of one that was deleted. */
export const recordChangeSchema = z.union([
  z.strictObject({
    ...name,
    version: z.int().min(0),
    state: z.string().optional(),
    userId: z.string().optional(),
    json: z.string(),
  }),
  z.strictObject({ ...name, deleted: z.literal(true) }),
]);
export type RecordChange = z.output<typeof recordChangeSchema>;
export type NamedRecord = TableRecord & { readonly kind: string };

/** Characters of a line besides id and value, about. */
const LINE = 80;

/** What the changes of a log add up to, and how much of the log is of the past. */
export class RecordTable {
  /** The greatest version so far. */
  newest = 0;
  /** Characters of the log that count. */
  present = 0;
  /** Characters of the log that do not count any more. */
  past = 0;
  private readonly kinds = new Map<string, KindTable>();
  /** Users whom the past may name. */
  private readonly former = new Set<string>();

  apply(change: RecordChange): void {
    const { kind, id } = change;
    const table = this.kindOf(kind);
    const before = table.get(id);
    if (before !== undefined) this.leave(before);
    if ('deleted' in change) {
      this.past += LINE + id.length;
      table.delete(id);
      return;
    }
    const { version, json, state, userId } = change;
    const record = {
      id,
      version,
      json,
      ...(state !== undefined && { state }),
      ...(userId !== undefined && { userId }),
    };
    table.put(record);
    this.present += sizeOf(record);
    this.newest = Math.max(this.newest, version);
  }

  get(kind: string, id: string): TableRecord | undefined {
    return this.kinds.get(kind)?.get(id);
  }

  list(kind: string, { state, limit, after }: Parameters<RecordStore['list']>[1]): readonly TableRecord[] {
    const table = this.kinds.get(kind);
    const ids = table?.ordered(state)?.page(limit, after) ?? [];
    return ids.map((id) => table?.get(id)).filter((record) => record !== undefined);
  }

  count(kind: string, state: string | undefined): number {
    return this.kinds.get(kind)?.ordered(state)?.size ?? 0;
  }

  /** All but those of some users. */
  *records(without: ReadonlySet<string> = new Set()): Generator<NamedRecord> {
    for (const [kind, table] of this.kinds)
      for (const record of table.values()) if (!isOf(without, record)) yield { kind, ...record };
  }

  /** Records of these users, by kind and then id. */
  ofUsers(userIds: ReadonlySet<string>): readonly NamedRecord[] {
    const found: NamedRecord[] = [];
    for (const record of this.records()) if (isOf(userIds, record)) found.push(record);
    return found.sort((a, b) => order(a.kind, b.kind) || order(a.id, b.id));
  }

  /** Whether the log may hold anything of the past of these users. */
  pastMayName(userIds: ReadonlySet<string>): boolean {
    return [...userIds].some((id) => this.former.has(id));
  }

  /** The log was written anew and holds no past. */
  pastIsGone(): void {
    this.past = 0;
    this.former.clear();
  }

  private leave(before: TableRecord): void {
    this.present -= sizeOf(before);
    this.past += sizeOf(before);
    if (before.userId !== undefined) this.former.add(before.userId);
  }

  private kindOf(kind: string): KindTable {
    let table = this.kinds.get(kind);
    if (table === undefined) this.kinds.set(kind, (table = new KindTable()));
    return table;
  }
}

const isOf = (userIds: ReadonlySet<string>, { userId }: TableRecord): boolean =>
  userId !== undefined && userIds.has(userId);
const sizeOf = ({ id, json }: TableRecord): number => LINE + id.length + json.length;
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
