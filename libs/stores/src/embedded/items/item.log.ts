import type { Item } from '@attune/sdk';
import { ChangeLog, type Present } from '../change.log.js';
import type { OpenLog } from '../record-log.js';
import type { ItemTable } from './item.table.js';

type ItemRecord = { readonly op: 'put'; readonly item: Item } | { readonly op: 'del'; readonly id: string };

/** The catalogue on disk. */
export class ItemLog {
  private constructor(private readonly changes: ChangeLog) {}

  /** Opens the log and gives its items in order of insertion. */
  static async open(openLog: OpenLog): Promise<{ readonly log: ItemLog; readonly items: Iterable<Item> }> {
    const items = new Map<string, Item>();
    const onRecord = (record: unknown): void => {
      const change = record as ItemRecord;
      if (change.op === 'put') items.set(change.item.id, change.item);
      else items.delete(change.id);
    };
    const changes = await ChangeLog.open(
      openLog,
      onRecord,
      presentOf(items, () => items.values()),
    );
    return { log: new ItemLog(changes), items: items.values() };
  }

  async put(items: readonly Item[]): Promise<void> {
    await this.changes.append(items.map(putOf));
  }

  async delete(ids: readonly string[]): Promise<void> {
    await this.changes.append(ids.map((id): ItemRecord => ({ op: 'del', id })));
  }

  /** Drops what is of the past where that is most of it; to be called once the table has the last change. */
  async tidy(table: ItemTable): Promise<void> {
    await this.changes.tidy(presentOf(table, () => table.all()));
  }

  async close(): Promise<void> {
    await this.changes.close();
  }
}

const putOf = (item: Item): ItemRecord => ({ op: 'put', item });

const presentOf = (counted: { readonly size: number }, items: () => Iterable<Item>): Present => ({
  get size() {
    return counted.size;
  },
  *records() {
    for (const item of items()) yield putOf(item);
  },
});
