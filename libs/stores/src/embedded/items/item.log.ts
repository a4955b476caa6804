import type { Item } from '@attune/sdk';
import { durably } from '../durably.js';
import type { OpenLog, RecordLog } from '../record-log.js';

type ItemRecord = { readonly op: 'put'; readonly item: Item } | { readonly op: 'del'; readonly id: string };

/** The catalogue on disk. */
export class ItemLog {
  private constructor(private readonly log: RecordLog) {}

  /** Opens the log and gives its items in order of insertion; rewrites it where more than half is of the past. */
  static async open(openLog: OpenLog): Promise<{ readonly log: ItemLog; readonly items: Iterable<Item> }> {
    const items = new Map<string, Item>();
    let records = 0;
    const log = await openLog((record) => {
      const change = record as ItemRecord;
      records++;
      if (change.op === 'put') items.set(change.item.id, change.item);
      else items.delete(change.id);
    });
    if (records > 2 * items.size) await log.rewrite(Array.from(items.values(), putOf));
    return { log: new ItemLog(log), items: items.values() };
  }

  async put(items: readonly Item[]): Promise<void> {
    await durably(() => this.log.append(items.map(putOf)));
  }

  async delete(ids: readonly string[]): Promise<void> {
    await durably(() => this.log.append(ids.map((id): ItemRecord => ({ op: 'del', id }))));
  }

  async close(): Promise<void> {
    await this.log.close();
  }
}

function putOf(item: Item): ItemRecord {
  return { op: 'put', item };
}
