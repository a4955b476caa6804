import { join } from 'node:path';
import type { ChangeFeed, HotSizes, TenantStores } from '@attune/sdk';
import { EmbeddedArtifactStore } from '../embedded/artifacts/artifact-store.adapter.js';
import { encodeName } from '../embedded/file-name.codec.js';
import { inFolder } from '../embedded/folder/data-folder.error.js';
import type { TenantOptions } from '../embedded/tenant-stores.adapter.js';
import { ElasticsearchPendingErasures } from '../elasticsearch/erasures/pending-erasures.adapter.js';
import { ElasticsearchSearchIndex } from '../elasticsearch/items/search-index.adapter.js';
import type { VectorSearch } from '../elasticsearch/items/vector.field.js';
import { ElasticsearchLlmLog } from '../elasticsearch/llm-calls/llm-log.adapter.js';
import { ElasticsearchRecordStore } from '../elasticsearch/records/record-store.adapter.js';
import { ElasticsearchSlateLog } from '../elasticsearch/slates/slate-log.adapter.js';
import { ElasticsearchUserStore } from '../elasticsearch/users/user-store.adapter.js';
import { RedisSharedPages } from '../redis/shared-pages.adapter.js';
import { RedisSpendingStore } from '../redis/spending-store.adapter.js';
import { CachedSearchIndex } from './cached-search-index.js';
import { CachedUserStore } from './cached-user-store.js';
import { DistributedEventStore } from './events/event-store.adapter.js';
import type { Services } from './services.js';

export interface DistributedTenantOptions extends TenantOptions {
  /** Folder that all processes share, for trained models; created when missing. */
  readonly artifactFolder: string;
  /** How neighbors are found, default `by_size`. */
  readonly vectors?: VectorSearch | undefined;
  /** Told of each answer about events that took the log because Redis could not give it: slower, and no less true. */
  readonly onTrouble?: ((error: unknown) => void) | undefined;
}

/** The stores of one tenant: indices and keys of its own, and `<artifactFolder>/<tenant>` for its models. */
export class DistributedTenantStores implements TenantStores {
  readonly items: CachedSearchIndex;
  readonly events: DistributedEventStore;
  readonly artifacts: EmbeddedArtifactStore;
  readonly users: CachedUserStore;
  readonly slates: ElasticsearchSlateLog;
  readonly llmCalls: ElasticsearchLlmLog;
  readonly spending: RedisSpendingStore;
  readonly records: ElasticsearchRecordStore;
  readonly erasures: ElasticsearchPendingErasures;
  readonly changes: ChangeFeed;
  readonly pages: RedisSharedPages;
  private readonly index: ElasticsearchSearchIndex;
  private readonly described: ElasticsearchUserStore;
  private readonly stopListening: () => void;

  private constructor(stores: Opened, { clock, warn }: TenantOptions) {
    const { index, changes, slates, llmCalls } = stores;
    this.index = index;
    this.described = stores.described;
    this.items = new CachedSearchIndex({ index, changes, clock });
    this.events = stores.events;
    this.artifacts = stores.artifacts;
    this.users = new CachedUserStore({ users: stores.described, changes, clock });
    this.slates = slates;
    this.llmCalls = llmCalls;
    this.spending = stores.spending;
    this.records = stores.records;
    this.erasures = stores.erasures;
    this.changes = changes;
    this.pages = stores.pages;
    // Whoever erased them could not see what waits here.
    this.stopListening = changes.onChange((change) => {
      if (change.kind !== 'forgotten') return;
      for (const [what, log] of [['Slates', slates] as const, ['Calls of language models', llmCalls] as const])
        log.forget(change).catch((error: unknown) => warn(`${what} of erased people may be logged: ${String(error)}`));
    });
  }

  /**
   * @throws RangeError for a name that cannot be a folder.
   * @throws AttuneError `STORE_UNAVAILABLE`, `NOT_DURABLE`; DataFolderError of the artifact folder; IndexConflictError.
   */
  static async open(
    { elasticsearch, redis, changes, expunger, arrivals }: Services,
    tenant: string,
    options: DistributedTenantOptions,
  ): Promise<DistributedTenantStores> {
    const { clock, warn, spaces, codec, vectors, artifactFolder, onTrouble } = options;
    const dayLog = { tenant, clock, arrivals, warn, expunger };
    const folder = join(artifactFolder, encodeName(tenant));
    const [index, events, artifacts, described, slates, llmCalls, records, erasures, feed] = await Promise.all([
      ElasticsearchSearchIndex.open({ connection: elasticsearch, tenant, spaces, clock, vectors }),
      DistributedEventStore.open({ elasticsearch, redis, tenant, clock, arrivals, expunger, warn, onTrouble }),
      inFolder(artifactFolder, () => EmbeddedArtifactStore.open({ folder, codec, clock, warn })),
      ElasticsearchUserStore.open(elasticsearch, tenant, expunger),
      ElasticsearchSlateLog.open(elasticsearch, { ...dayLog, retention: options.slates }),
      ElasticsearchLlmLog.open(elasticsearch, { ...dayLog, retention: options.llmCalls }),
      ElasticsearchRecordStore.open(elasticsearch, tenant, expunger),
      ElasticsearchPendingErasures.open(elasticsearch, tenant, { clock, expunger }),
      changes.of(tenant),
    ]);
    const pages = new RedisSharedPages(redis, tenant);
    const spending = new RedisSpendingStore(redis, tenant);
    const logs = { slates, llmCalls, spending, records };
    const opened = { index, events, artifacts, described, ...logs, erasures, changes: feed, pages };
    return new DistributedTenantStores(opened, options);
  }

  readonly hotSizes = (): Promise<HotSizes> => this.events.sizeReport();

  /** Waits for writes under way. */
  async close(): Promise<void> {
    this.stopListening();
    this.items.close();
    this.users.close();
    const { index, events, artifacts, described, slates, llmCalls, records, erasures } = this;
    const stores = [index, events, artifacts, described, slates, llmCalls, records, erasures];
    await Promise.all(stores.map((store) => store.close()));
  }
}

type Kept = 'events' | 'artifacts' | 'slates' | 'llmCalls' | 'spending' | 'records' | 'erasures' | 'changes' | 'pages';

interface Opened extends Pick<DistributedTenantStores, Kept> {
  readonly described: ElasticsearchUserStore;
  readonly index: ElasticsearchSearchIndex;
}
