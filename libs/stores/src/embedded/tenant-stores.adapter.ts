import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TenantStores } from '@attune/sdk';
import type { LogRetention } from '../day-log/log-retention.js';
import type { ArtifactCodec } from './artifacts/artifact.codec.js';
import { NO_OTHERS } from './no-others.js';
import { EmbeddedArtifactStore } from './artifacts/artifact-store.adapter.js';
import { EmbeddedPendingErasures } from './erasures/pending-erasures.adapter.js';
import { EmbeddedEventStore } from './events/event-store.adapter.js';
import { decodeName, encodeName } from './file-name.codec.js';
import { EmbeddedSearchIndex } from './items/search-index.adapter.js';
import { nameOf, type StoredSpace } from './items/vector.space.js';
import { EmbeddedLlmLog } from './llm-calls/llm-log.adapter.js';
import { DurableLog } from './log/durable-log.js';
import { EmbeddedRecordStore } from './records/record-store.adapter.js';
import type { ErasableLog, OpenLog } from './record-log.js';
import { EmbeddedSlateLog } from './slates/slate-log.adapter.js';
import { EmbeddedSpendingStore } from './spending/spending-store.adapter.js';
import { EmbeddedUserStore } from './users/user-store.adapter.js';

export interface TenantOptions {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** One line for each thing that was repaired at opening. */
  readonly warn: (line: string) => void;
  readonly spaces: readonly StoredSpace[];
  readonly codec: ArtifactCodec;
  /** How long slates are kept. */
  readonly slates?: LogRetention;
  /** How long what was sent to language models is kept. */
  readonly llmCalls?: LogRetention;
}

/**
 * The stores of one tenant in a folder of its own: `events`, `users`, `items`, `vectors/<space>/<digest>`, `artifacts`,
 * `slates/<day>`, `llm-calls/<day>`, `spending`, `records`, `erasures`.
 */
export class EmbeddedTenantStores implements TenantStores {
  readonly items: EmbeddedSearchIndex;
  readonly events: EmbeddedEventStore;
  readonly artifacts: EmbeddedArtifactStore;
  readonly users: EmbeddedUserStore;
  readonly slates: EmbeddedSlateLog;
  readonly llmCalls: EmbeddedLlmLog;
  readonly spending: EmbeddedSpendingStore;
  readonly records: EmbeddedRecordStore;
  readonly erasures: EmbeddedPendingErasures;
  readonly changes = NO_OTHERS;

  private constructor(stores: Omit<EmbeddedTenantStores, 'close' | 'changes'>) {
    this.items = stores.items;
    this.events = stores.events;
    this.artifacts = stores.artifacts;
    this.users = stores.users;
    this.slates = stores.slates;
    this.llmCalls = stores.llmCalls;
    this.spending = stores.spending;
    this.records = stores.records;
    this.erasures = stores.erasures;
  }

  /** Rejects with the error of the first store that cannot be opened; nothing is changed by that. */
  static async open(folder: string, options: TenantOptions): Promise<EmbeddedTenantStores> {
    const { clock, warn, spaces, codec } = options;
    const logAt =
      (...path: readonly string[]): OpenLog<ErasableLog> =>
      (onRecord) =>
        DurableLog.open(join(folder, ...path), { onRecord, warn });
    const events = await EmbeddedEventStore.open(logAt('events'), { clock, warn });
    const users = await EmbeddedUserStore.open(logAt('users'));
    const items = await EmbeddedSearchIndex.open({
      openItems: logAt('items'),
      openVectors: (space) => logAt('vectors', encodeName(nameOf(space)), encodeName(space.digest)),
      modelsOf: async (name) =>
        (await readdir(join(folder, 'vectors', encodeName(name)))).map((model) => decodeName(model) ?? model),
      spaces,
      clock,
    });
    const artifacts = await EmbeddedArtifactStore.open({ folder: join(folder, 'artifacts'), codec, clock, warn });
    const dayLog = (name: string, retention: LogRetention | undefined) => ({
      folder: join(folder, name),
      clock,
      warn,
      retention,
    });
    const slates = await EmbeddedSlateLog.open(dayLog('slates', options.slates));
    const llmCalls = await EmbeddedLlmLog.open(dayLog('llm-calls', options.llmCalls));
    const spending = await EmbeddedSpendingStore.open(logAt('spending'), { clock, warn });
    const records = await EmbeddedRecordStore.open(logAt('records'), { clock, warn });
    const erasures = await EmbeddedPendingErasures.open(logAt('erasures'), warn);
    const logs = { slates, llmCalls, spending, records, erasures };
    return new EmbeddedTenantStores({ items, events, artifacts, users, ...logs });
  }

  /** Waits for writes under way. */
  async close(): Promise<void> {
    const { items, events, artifacts, users, slates, llmCalls, spending, records, erasures } = this;
    const stores = [items, events, artifacts, users, slates, llmCalls, spending, records, erasures];
    await Promise.all(stores.map((store) => store.close()));
  }
}
