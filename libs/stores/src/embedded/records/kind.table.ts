import type { RecordText } from '../../records/checked-record.js';
import { OrderedIds } from './ordered-ids.js';

/** A record in memory: its value stays text. */
export type TableRecord = RecordText & { readonly version: number };

/** The records of one kind, by id and in order, of each state too. */
export class KindTable {
  private readonly records = new Map<string, TableRecord>();
  private readonly all = new OrderedIds((id) => this.records.has(id));
  private readonly states = new Map<string, OrderedIds>();

  get(id: string): TableRecord | undefined {
    return this.records.get(id);
  }

  values(): Iterable<TableRecord> {
    return this.records.values();
  }

  /** Undefined: ids of every state and of none. */
  ordered(state: string | undefined): OrderedIds | undefined {
    return state === undefined ? this.all : this.states.get(state);
  }

  put(record: TableRecord): void {
    const { id, state } = record;
    const before = this.records.get(id);
    this.records.set(id, record);
    if (before === undefined) this.all.add(id);
    if (before !== undefined && before.state === state) return;
    this.leave(before);
    if (state !== undefined) this.stateOf(state).add(id);
  }

  delete(id: string): void {
    const before = this.records.get(id);
    if (before === undefined) return;
    this.records.delete(id);
    this.all.delete();
    this.leave(before);
  }

  private leave(before: TableRecord | undefined): void {
    if (before?.state !== undefined) this.stateOf(before.state).delete();
  }

  private stateOf(state: string): OrderedIds {
    let ids = this.states.get(state);
    if (ids === undefined)
      this.states.set(state, (ids = new OrderedIds((id) => this.records.get(id)?.state === state)));
    return ids;
  }
}
