import { join } from 'node:path';
import type { TenantStores } from '@attune/sdk';
import type { ArtifactCodec } from './artifacts/artifact.codec.js';
import { EmbeddedArtifactStore } from './artifacts/artifact-store.adapter.js';
import { EmbeddedEventStore } from './events/event-store.adapter.js';
import { encodeName } from './file-name.codec.js';
import { EmbeddedSearchIndex } from './items/search-index.adapter.js';
import type { StoredSpace } from './items/vector.space.js';
import { DurableLog } from './log/durable-log.js';
import type { OpenLog } from './record-log.js';

export interface TenantOptions {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** One line for each thing that was repaired at opening. */
  readonly warn: (line: string) => void;
  readonly spaces: readonly StoredSpace[];
  readonly codec: ArtifactCodec;
}

/** The stores of one tenant in a folder of its own: `events`, `items`, `vectors/<space>/<digest>`, `artifacts`. */
export class EmbeddedTenantStores implements TenantStores {
  private constructor(
    readonly items: EmbeddedSearchIndex,
    readonly events: EmbeddedEventStore,
    readonly artifacts: EmbeddedArtifactStore,
  ) {}

  /** Rejects with the error of the first store that cannot be opened; nothing is changed by that. */
  static async open(folder: string, { clock, warn, spaces, codec }: TenantOptions): Promise<EmbeddedTenantStores> {
    const logAt =
      (...path: readonly string[]): OpenLog =>
      (onRecord) =>
        DurableLog.open(join(folder, ...path), { onRecord, warn });
    const events = await EmbeddedEventStore.open(logAt('events'), clock);
    const items = await EmbeddedSearchIndex.open({
      openItems: logAt('items'),
      openVectors: ({ id, digest }) => logAt('vectors', encodeName(id), encodeName(digest)),
      spaces,
      clock,
    });
    const artifacts = await EmbeddedArtifactStore.open({ folder: join(folder, 'artifacts'), codec, clock, warn });
    return new EmbeddedTenantStores(items, events, artifacts);
  }

  /** Waits for writes under way. */
  async close(): Promise<void> {
    await Promise.all([this.items.close(), this.events.close(), this.artifacts.close()]);
  }
}
