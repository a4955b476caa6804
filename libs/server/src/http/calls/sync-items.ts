import { AttuneError, type Item, type SearchIndex } from '@attune/sdk';
import type { TenantPlatform } from '../../platform/tenant-platform.js';
import { itemBatch, type SyncReceipt } from '../operations/items.operations.js';
import { NdjsonBody } from '../rows/ndjson.js';
import { takeRows, type Refused } from '../rows/take-rows.js';
import { StoredItems } from './catalogue.js';

/** Items retired in one write. */
const CHUNK_ITEMS = 1_000;

/** Items that may have to be retired: id → time of the version that was there when the feed began. */
type Absent = Map<string, string | undefined>;

/**
 * Stores the rows of a full feed as they come, then retires what was available before and is not in it. An item that
 * another call changed meanwhile is newer than the feed and stays.
 *
 * @throws AttuneError SYNC_REFUSED where a row was refused, or too large a share would be retired: rows are kept,
 *   nothing is retired. A feed that breaks off rejects with what broke it, and retires nothing either.
 */
export async function syncItems(
  body: unknown,
  { maxRetiredShare, now }: { readonly maxRetiredShare: number; readonly now: () => number },
  tenant: TenantPlatform,
): Promise<SyncReceipt> {
  if (!(body instanceof NdjsonBody))
    throw new AttuneError('MALFORMED_JSON', 'the feed has no Content-Type and no rows');
  const { items } = tenant.stores;
  const absent = await availableNow(items);
  const known = absent.size;
  const stored = new StoredItems(tenant);
  try {
    const refused = await takeRows(
      { rows: body.rows(), streamed: true },
      {
        row: itemBatch.row,
        async store(rows) {
          for (const { id } of rows) absent.delete(id);
          await stored.put(await returning(rows, items));
        },
      },
    );
    refuseBroken(refused);
    refuseTooMany(absent.size, known, maxRetiredShare);
    const retired = await retire(absent, { items, now: now() });
    return { ...stored.counts(), ...refused, retired, ...(await stored.embed()) };
  } finally {
    await stored.embed();
  }
}

async function availableNow(items: SearchIndex): Promise<Absent> {
  const available: Absent = new Map();
  for await (const page of items.scan()) {
    for (const item of page) if (item.available !== false) available.set(item.id, item.updatedAt);
  }
  return available;
}

/** A retired item that is in the feed again is back as of now, however old its row says it is. */
async function returning(rows: readonly Item[], items: SearchIndex): Promise<readonly Item[]> {
  const before = await items.get(rows.map(({ id }) => id));
  return rows.map((row, i) => {
    if (before[i]?.available !== false || row.available === false) return row;
    return undated(row);
  });
}

function refuseBroken({ rejected: [first], rejectedCount }: Refused): void {
  if (first === undefined) return;
  const why = `the first is line ${first.index + 1}, at ${first.pointer}: ${first.code}, ${first.message}`;
  const fix = 'The others were kept, nothing was retired: mend the feed and send all of it again';
  const detail = `rows refused: ${rejectedCount}, and what is broken is not absent; ${why}. ${fix}`;
  throw new AttuneError('SYNC_REFUSED', detail, { pointer: first.pointer });
}

function refuseTooMany(absent: number, known: number, maxShare: number): void {
  if (absent <= maxShare * known) return;
  const needed = Math.ceil((absent / known) * 1_000) / 1_000;
  const detail = `the feed lacks ${absent} of ${known} available items, a larger share than ${maxShare}. Its rows were kept, nothing was retired: check that it is whole; if it is, send ?maxRetiredShare=${needed}`;
  throw new AttuneError('SYNC_REFUSED', detail);
}

/** Takes items off every surface; how many it took. */
async function retire(absent: Absent, { items, now }: { readonly items: SearchIndex; readonly now: number }) {
  const ids = [...absent.keys()];
  let retired = 0;
  for (let from = 0; from < ids.length; from += CHUNK_ITEMS) {
    const found = await items.get(ids.slice(from, from + CHUNK_ITEMS));
    const unchanged = found.filter((item) => item !== undefined && item.updatedAt === absent.get(item.id)) as Item[];
    await items.upsert(unchanged.map((item) => ({ ...item, available: false, updatedAt: latest(item, now) })));
    retired += unchanged.length;
  }
  return retired;
}

/** Receipt time, or the item's own where that lies ahead: an older version would be ignored. */
const latest = ({ updatedAt }: Item, now: number): string =>
  new Date(Math.max(now, Date.parse(updatedAt ?? '1970-01-01T00:00:00Z'))).toISOString();

function undated({ updatedAt: _, ...item }: Item): Item {
  return item;
}
