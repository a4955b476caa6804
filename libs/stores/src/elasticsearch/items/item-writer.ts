import type { Item } from '@attune/sdk';
import { bulk, type BulkOperation, type DocumentVersion } from '../bulk.js';
import { notDurable, type ElasticsearchConnection } from '../client.js';
import { documentId } from '../index-names.js';
import { embeddedTextHash } from '../../embedded/items/item.fields.js';
import type { ItemDocuments, StoredDocument } from './item-documents.js';
import { documentOf, STATE_MEMBERS, type DatedItem, type ItemState } from './item.document.js';
import type { VectorField } from './vector.field.js';

const CHUNK_ITEMS = 500;
/** How often rows are decided anew that other writers changed in between. */
const MOST_ROUNDS = 20;
const GONE = 404;
const CHANGED = 409;

/** What is to be done to a document that is in that state; undefined: nothing. */
type Decide = (id: string, state: Stored | undefined) => BulkOperation | undefined;
type Stored = ItemState & {
  readonly version: DocumentVersion;
  /** What stays beside the item whatever becomes of its text. */
  readonly kept: Readonly<Record<string, unknown>>;
};

/**
 * Changes of items by several writers at once: each change is decided on what is stored and written only if that is still
 * there, else decided again.
 */
export class ItemWriter {
  private lastOrder = 0;

  constructor(
    private readonly connection: ElasticsearchConnection,
    private readonly documents: ItemDocuments,
    private readonly clock: () => number,
    /** Spaces whose vectors are not made of texts. */
    private readonly kept: readonly VectorField[],
  ) {}

  /** Aligned with the items: whether each was applied, in their order. */
  async put(items: readonly DatedItem[]): Promise<readonly boolean[]> {
    const applied = items.map(() => false);
    const rows = rowsById(items.map(({ id }) => id));
    await this.change([...rows.keys()], (id, stored) => {
      let newest: DatedItem | undefined;
      let time = stored?.time ?? -Infinity;
      for (const row of rows.get(id) ?? []) {
        const item = items[row]!;
        applied[row] = !(Date.parse(item.updatedAt) < time);
        if (applied[row]) [newest, time] = [item, Date.parse(item.updatedAt)];
      }
      return newest && this.operationOf(newest, stored);
    });
    return applied;
  }

  /** How many of the ids were there. */
  async delete(ids: readonly string[]): Promise<number> {
    const operations = ids.map((id): BulkOperation => ({ action: 'delete', ...this.target(id) }));
    const results = await bulk(this.connection, operations, [GONE]);
    return results.filter(({ status }) => status !== GONE).length;
  }

  /** Puts a vector beside each item whose text is still that; how many. The last of one id counts. */
  async setVectors(field: VectorField, items: readonly Item[], vectors: Float32Array): Promise<number> {
    const { dims } = field.space;
    const rows = rowsById(items.map(({ id }) => id));
    const put = new Set<string>();
    await this.change([...rows.keys()], (id, stored) => {
      const row = rows.get(id)?.at(-1) ?? 0;
      put.delete(id);
      if (stored === undefined) return undefined;
      if (field.space.ofText !== false && stored.textHash !== embeddedTextHash(items[row]!)) return undefined;
      put.add(id);
      const document = field.encode(vectors.subarray(row * dims, (row + 1) * dims));
      return { action: 'update', ...this.target(id), expected: stored.version, document };
    });
    return put.size;
  }

  private async change(ids: readonly string[], decide: Decide): Promise<void> {
    for (let from = 0; from < ids.length; from += CHUNK_ITEMS) {
      let pending = ids.slice(from, from + CHUNK_ITEMS);
      for (let round = 0; pending.length > 0; round++) {
        if (round === MOST_ROUNDS) throw notDurable(new Error(`other writers change '${pending[0]}' all the time`));
        pending = await this.tryToChange(pending, decide);
      }
    }
  }

  /** The ids that somebody else changed in between. */
  private async tryToChange(ids: readonly string[], decide: Decide): Promise<string[]> {
    const members = [...STATE_MEMBERS, ...this.kept.map(({ rawName }) => rawName)];
    const stored = await this.documents.read(ids, members, 'write');
    const changing: string[] = [];
    const operations = ids.flatMap((id, i) => {
      const operation = decide(id, this.stateOf(stored[i]));
      if (operation === undefined) return [];
      changing.push(id);
      return [operation];
    });
    const results = await bulk(this.connection, operations, [GONE, CHANGED]);
    return changing.filter((_, i) => [GONE, CHANGED].includes(results[i]?.status ?? 0));
  }

  private operationOf(item: DatedItem, stored: Stored | undefined): BulkOperation {
    const target = this.target(item.id);
    if (stored === undefined) return { action: 'create', ...target, document: documentOf(item, this.nextOrder()) };
    const document = documentOf(item, stored.order);
    const { version: expected, kept } = stored;
    if (document.textHash === stored.textHash) return { action: 'update', ...target, expected, document };
    return { action: 'index', ...target, expected, document: { ...document, ...kept } };
  }

  private stateOf(document: StoredDocument | undefined): Stored | undefined {
    if (document === undefined) return undefined;
    const { members, version } = document;
    const { order, time, textHash } = members;
    const kept = this.kept.map((field) => {
      const vector = field.decode(members);
      return vector === undefined ? {} : field.encode(vector);
    });
    const state = { order: Number(order), time: Number(time), textHash: String(textHash) };
    return { ...state, version, kept: Object.assign({}, ...kept) as Stored['kept'] };
  }

  private target(id: string): { readonly index: string; readonly id: string; readonly requireAlias: true } {
    return { index: this.documents.index, id: documentId(id), requireAlias: true };
  }

  /** Microseconds, and above the last one: items of one call keep their order. */
  private nextOrder(): number {
    this.lastOrder = Math.max(this.lastOrder + 1, this.clock() * 1_000);
    return this.lastOrder;
  }
}

/** Rows of each id, ids in order of first occurrence. */
function rowsById(ids: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const rows = new Map<string, number[]>();
  for (const [row, id] of ids.entries()) {
    const those = rows.get(id);
    if (those === undefined) rows.set(id, [row]);
    else those.push(row);
  }
  return rows;
}
