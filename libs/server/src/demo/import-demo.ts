import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { demoShiftWeeks, readDemoEvents, readDemoItems } from '@attune/demo';
import type { Item, StoredEvent, TenantStores } from '@attune/sdk';
import { z } from 'zod';
import { INSTALLATION } from '../config/environment.schema.js';

const DATA = join(INSTALLATION, 'assets', 'online-retail-2011');
const EVENTS_A_BATCH = 1_000;

/** What is remembered of the import: whether it was finished, and by how many weeks the shop's year was moved. */
const markerSchema = z.strictObject({ state: z.enum(['importing', 'done']), lastDay: z.string(), shiftWeeks: z.int() });
type Marker = z.output<typeof markerSchema>;

export interface DemoImport {
  readonly stores: TenantStores;
  /** Folder the marker is kept in. */
  readonly folder: string;
  /** Epoch milliseconds: the data end within the week before. */
  readonly now: number;
  /** Aborted: stops after the batch it is at. */
  readonly signal: AbortSignal;
  readonly progress: (stage: 'items' | 'baskets', done: number, total: number) => void;
}

/**
 * Loads the bundled shop into an empty store, its year moved by whole weeks to end this week. One that was cut short
 * goes on with the same shift: ids make it idempotent. Resolves with whether the shop is loaded now; rejects with the
 * signal's reason.
 */
export async function importDemo({ stores, folder, now, signal, progress }: DemoImport): Promise<boolean> {
  const file = join(folder, 'demo.json');
  const known = read(file);
  if (known?.state === 'done') return true;
  if (known === undefined && ((await stores.items.size()) > 0 || (await stores.events.size()) > 0)) return false;
  const lastDay = new Date(known?.lastDay ?? now);
  const marker: Marker = { state: 'importing', lastDay: lastDay.toISOString(), shiftWeeks: demoShiftWeeks(lastDay) };
  write(file, marker);
  const items: readonly Item[] = readDemoItems(DATA, { lastDay }).map(toItem);
  progress('items', 0, items.length);
  await stores.items.upsert(items);
  progress('items', items.length, items.length);
  const events: readonly StoredEvent[] = readDemoEvents(DATA, { lastDay }).map((event) => ({
    ...event,
    itemIds: [...event.itemIds],
  }));
  for (let from = 0; from < events.length; from += EVENTS_A_BATCH) {
    signal.throwIfAborted();
    await stores.events.append(events.slice(from, from + EVENTS_A_BATCH));
    progress('baskets', Math.min(from + EVENTS_A_BATCH, events.length), events.length);
  }
  write(file, { ...marker, state: 'done' });
  return true;
}

/** The reader's item as the catalogue takes it: mutable copies of its lists. */
function toItem({ categories, tags, attributes, ...item }: ReturnType<typeof readDemoItems>[number]): Item {
  const lists = Object.entries(attributes).map(([name, values]) => [name, [...values]]);
  return {
    ...item,
    categories: [...categories],
    tags: [...tags],
    attributes: Object.fromEntries(lists) as Item['attributes'],
  };
}

function read(file: string): Marker | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return markerSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(
      `${file} is damaged: delete it to import the bundled shop into an empty folder, or set ATTUNE_DEMO=off`,
    );
  }
}

/** On disk before it takes the old one's place: a power failure leaves one of the two. */
function write(file: string, marker: Marker): void {
  const draft = openSync(`${file}.tmp`, 'w');
  writeSync(draft, JSON.stringify(marker));
  fsyncSync(draft);
  closeSync(draft);
  renameSync(`${file}.tmp`, file);
}
