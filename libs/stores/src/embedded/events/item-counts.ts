import type { CountsPort, CountsQuery, ItemCounts } from '@attune/sdk';
import { LruCache } from '../lru.cache.js';
import { CountWindow } from './count-window.js';
import type { EntryTable } from './entry.table.js';
import type { Timeline } from './timeline.js';

/** Windows kept: one for each set of types and width in use. */
const WINDOWS = 64;

/** Exact item counts of any window, fast for the windows that move with the clock. */
export class WindowedCounts implements CountsPort {
  private readonly windows = new LruCache<string, CountWindow>(WINDOWS);

  constructor(
    private readonly table: EntryTable,
    private readonly timeline: Timeline,
  ) {}

  window({ types, from, to }: CountsQuery): Promise<ItemCounts> {
    if (!(from < to)) return Promise.resolve(this.nothing());
    const sorted = [...new Set(types)].sort();
    const key = `${to - from} ${sorted.join(' ')}`;
    let window = this.windows.get(key);
    if (window === undefined) {
      window = new CountWindow(this.table, this.timeline, new Set(sorted));
      this.windows.set(key, window);
    }
    return Promise.resolve(window.at(from, to));
  }

  private nothing(): ItemCounts {
    const vocabulary = this.table.itemIds.vocabulary();
    return { total: 0, vocabulary, byRow: new Int32Array(vocabulary.size) };
  }
}
