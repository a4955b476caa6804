import type { Item } from '@attune/sdk';

const PAGE_ITEMS = 500;

/** Items by dense row numbers; a row is free again when its item goes. */
export class ItemTable {
  /** Counts changes: what was derived from an older version is stale. */
  version = 0;
  private readonly rowOf = new Map<string, number>();
  private readonly items: (Item | undefined)[] = [];
  private readonly free: number[] = [];

  /** Number of items. */
  get size(): number {
    return this.rowOf.size;
  }

  /** One more than the highest row ever used. */
  get rows(): number {
    return this.items.length;
  }

  /** Row of an id, or −1. */
  row(id: string): number {
    return this.rowOf.get(id) ?? -1;
  }

  at(row: number): Item | undefined {
    return this.items[row];
  }

  get(id: string): Item | undefined {
    const row = this.rowOf.get(id);
    return row === undefined ? undefined : this.items[row];
  }

  /** Adds or replaces; returns the row. */
  put(item: Item): number {
    let row = this.rowOf.get(item.id);
    if (row === undefined) {
      row = this.free.pop() ?? this.items.length;
      this.rowOf.set(item.id, row);
    }
    this.items[row] = item;
    this.version++;
    return row;
  }

  /** Returns the row that became free, or −1. */
  remove(id: string): number {
    const row = this.rowOf.get(id);
    if (row === undefined) return -1;
    this.rowOf.delete(id);
    this.items[row] = undefined;
    this.free.push(row);
    this.version++;
    return row;
  }

  /** Items in order of insertion. */
  *all(): Generator<Item> {
    for (const row of this.rowOf.values()) {
      const item = this.items[row];
      if (item !== undefined) yield item;
    }
  }

  /** The same in pages of 500; sees changes made between two pages. */
  *pages(): Generator<readonly Item[]> {
    let page: Item[] = [];
    for (const item of this.all()) {
      if (page.push(item) < PAGE_ITEMS) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }
}
