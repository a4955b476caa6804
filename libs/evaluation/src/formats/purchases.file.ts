import { DataFileError } from './evaluation.errors.js';
import { IdRows } from './id-rows.js';
import { momentOf } from './moment.cell.js';
import { readTable } from './table.file.js';

/** What users bought in one go, by rows of items, each once. */
export interface FileBasket {
  /** Ms since 1970; a user's baskets are at different moments. */
  readonly at: number;
  readonly items: readonly number[];
}

/** Users' baskets, oldest first. */
export interface PurchaseData {
  readonly userIds: readonly string[];
  readonly itemIds: readonly string[];
  /** One list a user. */
  readonly baskets: readonly (readonly FileBasket[])[];
  /** What was left out, for a person to read. */
  readonly notes: readonly string[];
}

const COLUMNS = { required: ['item', 'time'], optional: ['user', 'basket', 'quantity'] } as const;

/**
 * Reads a table with `user`, `item` and `time`, and perhaps `basket` and `quantity`. A basket is what one user
 * bought with one `basket`, or without that column at one moment. Left out are rows without a user, and those whose quantity
 * is not above 0 (what was sent back). Throws DataFileError.
 */
export async function readPurchases(files: readonly string[]): Promise<PurchaseData> {
  const log = new BasketCollector();
  for (const file of files)
    await readTable(file, COLUMNS, (cells, line) => {
      const [item, time, user, basket, quantity] = cells as readonly string[];
      if (user === '') log.nameless += 1;
      else if (quantity !== '' && !(Number(quantity) > 0)) log.returned += 1;
      else log.add({ user: user!, item: item!, basket: basket!, at: momentOf(time!, line, file) });
    });
  const data = log.data();
  if (data.baskets.length === 0)
    throw new DataFileError(
      [`${files.join(', ')}: no purchase in it`, ...data.notes].join('; '),
      'Give rows user, item, time.',
    );
  return data;
}

interface Row {
  readonly user: string;
  readonly item: string;
  readonly basket: string;
  readonly at: number;
}

interface OpenBasket {
  at: number;
  readonly items: Set<number>;
}

/** Collects rows in any order. */
class BasketCollector {
  nameless = 0;
  returned = 0;
  private readonly users = new IdRows();
  private readonly items = new IdRows();
  private readonly open: Map<string, OpenBasket>[] = [];

  add({ user, item, basket, at }: Row): void {
    const baskets = (this.open[this.users.rowOf(user)] ??= new Map<string, OpenBasket>());
    const key = basket === '' ? `at ${at}` : basket;
    const row = this.items.rowOf(item);
    const known = baskets.get(key);
    if (known === undefined) baskets.set(key, { at, items: new Set([row]) });
    else {
      known.at = Math.min(known.at, at);
      known.items.add(row);
    }
  }

  data(): PurchaseData {
    const notes = [
      ...(this.nameless > 0 ? [`${this.nameless} rows without a user are left out`] : []),
      ...(this.returned > 0 ? [`${this.returned} rows of quantities that are not above 0 are left out`] : []),
    ];
    return {
      userIds: this.users.ids,
      itemIds: this.items.ids,
      baskets: this.open.map((baskets) => inOrder([...baskets.values()])),
      notes,
    };
  }
}

/** Oldest first; baskets of one moment are told apart by a millisecond. */
function inOrder(baskets: readonly OpenBasket[]): readonly FileBasket[] {
  let last = -Infinity;
  return baskets
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, items }) => {
      last = Math.max(at, last + 1);
      return { at: last, items: [...items] };
    });
}
