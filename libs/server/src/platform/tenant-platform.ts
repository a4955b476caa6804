import type { Engine } from '@attune/engine';
import type { GraphPort, LlmPort, TenantStores } from '@attune/sdk';
import type { KeyScope } from '../config/api-keys.schema.js';
import type { ChatSessions } from '../chat/chat-sessions.js';
import type { CatalogueFacts } from '../catalogue-facts/catalogue-facts.js';
import type { Config } from '../config/config.schema.js';
import type { Forgets } from '../erase/forgets.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { JobQueue } from '@attune/sdk';
import type { JobRequest } from '../jobs/job.js';
import type { SearchLexicon } from '../search/search-lexicon.js';
import type { TenantSlates } from '../slates/tenant-slates.js';
import type { SpaceVersions } from '../spaces/space-versions.js';

/** Everything one tenant is served with. */
export interface TenantPlatform {
  readonly tenant: string;
  readonly stores: TenantStores;
  readonly engine: Engine;
  readonly jobs: JobQueue<JobRequest>;
  /** The words of its catalogue and of what people searched for. */
  readonly lexicon: SearchLexicon;
  /** What its catalogue says of itself: what texts are read and checked with. */
  readonly facts: CatalogueFacts;
  /** Conversations under way. */
  readonly chats: ChatSessions;
  /** What is kept of slates: pages still to come, what was shown, what came of it. */
  readonly slates: TenantSlates;
  /** What else than the stores lets go of people; in the order in which it is asked to. */
  readonly forgets?: readonly Forgets[];
  /** Its spaces of vectors, and which versions of them are in use. */
  readonly spaces: SpaceVersions;
  /** The language model, within the tenant's budget; `open` rejects with `LLM_MISSING` where there is none. */
  readonly llm: LlmPort;
  /** Runs graphs, for all tenants of the process. */
  readonly graphs: GraphPort;
}

/** Whose data a caller reaches, and what he may do with them. */
export interface Access {
  readonly tenant: TenantPlatform;
  /** Which key it was; undefined where nobody needs one. */
  readonly keyId?: string;
  readonly scopes: ReadonlySet<KeyScope>;
}

/** What the HTTP layer is put on. */
export interface Platform {
  readonly config: Config;
  readonly clock: { now(): number; monotonic(): number };
  /** What addresses of the shop know the server by. */
  readonly hookKey?: string | undefined;
  /** What an API key is good for; undefined for a key nobody has. Without any keys everybody may do all as `default`. */
  accessOf(apiKey: string | undefined): Access | undefined;
  readonly metrics: Metrics;
  /** Whether the pipelines are proved and warm. */
  readonly ready: boolean;
  /** Lets go of data, models and threads. May be called twice. */
  close(): Promise<void>;
}
