import { Engine, type Footing, type PipelineSource, type Registry, type SlateObserver } from '@attune/engine';
import type { TenantLlm } from '@attune/inference';
import type { ArtifactStore, EmbedPort, TenantStores } from '@attune/sdk';
import type { Logger } from 'pino';
import { ChatSessions } from '../chat/chat-sessions.js';
import { CatalogueFacts } from '../catalogue-facts/catalogue-facts.js';
import type { Config } from '../config/config.schema.js';
import { requireFilters } from '../config/required-filters.js';
import type { EmbedWorkParts } from '../embedding/embed-work.js';
import { embedWhereFilled } from '../embedding/embed-where-filled.js';
import type { Forgets } from '../erase/forgets.js';
import { answersForget } from '../llm/tenant-llm.js';
import { openJobs, type OpenJobsOptions } from '../jobs/open-jobs.js';
import { SearchLexicon } from '../search/search-lexicon.js';
import type { EngineOn } from '../slates/pinned-engines.js';
import { DerivedSpaces } from '../spaces/derived-spaces.js';
import { ModelSpaces, type ModelSlot } from '../spaces/model-spaces.js';
import { footingOf } from '../spaces/space-footing.js';
import { SpaceVersions } from '../spaces/space-versions.js';
import { TenantSlates } from '../slates/tenant-slates.js';
import type { Encoders } from './encoders.js';
import { followChanges } from './follow-changes.js';
import type { ModelPorts } from './host-ports.js';
import { OpenedParts } from './opened-parts.js';
import type { Backend } from './backend.js';
import type { Platform, TenantPlatform } from './tenant-platform.js';

export interface OpenTenantOptions extends ModelPorts {
  readonly llm: TenantLlm;
  readonly tenant: string;
  readonly stores: TenantStores;
  readonly backend: Backend;
  readonly config: Config;
  readonly registry: Registry;
  readonly encoders: Encoders;
  readonly slots: readonly ModelSlot[];
  readonly embed: EmbedPort;
  readonly surfaces: readonly PipelineSource[];
  readonly observer?: SlateObserver;
  readonly embedded: EmbedWorkParts['embedded'];
  readonly clock: Platform['clock'];
  readonly log: Logger;
}

export interface OpenedTenant extends TenantPlatform {
  close(): Promise<void>;
}

/** Proves and warms a tenant's pipelines and opens its jobs; what is not embedded yet is enqueued. */
export async function openTenant(options: OpenTenantOptions): Promise<OpenedTenant> {
  const opened = new OpenedParts();
  try {
    return { ...(await openParts(options, opened)), close: () => opened.close() };
  } catch (error) {
    // The first failure is the one to tell.
    await opened.close().catch(() => undefined);
    throw error;
  }
}

async function openParts(options: OpenTenantOptions, opened: OpenedParts): Promise<TenantPlatform> {
  const { tenant, stores, registry, encoders, clock, observer } = options;
  const warn = (line: string): void => options.log.warn(line);
  const spaces = await openSpaces(options, warn);
  const models = new ModelSpaces(options.slots, stores.artifacts);
  const embed = embedWhereFilled(options.embed, encoders.spaces, stores.items);
  const wake = async (version: string): Promise<void> => void (await encoders.query.get(version)?.embed([''], 'query'));
  const footingOn = (artifacts: ArtifactStore): Promise<Footing> =>
    footingOf({ ...options, stores: { ...stores, artifacts }, embed, versions: spaces, models, warn, wake });
  const footing = (): Promise<Footing> => footingOn(stores.artifacts);
  const first = { ...(await footing()), tenant, registry, clock };
  const engine = new Engine({ ...first, footing, observer });
  const engineOn: EngineOn = (artifacts) => new Engine({ ...first, footing: () => footingOn(artifacts) });
  opened.add(() => engine.close());
  // What the engine has against them comes first: a filter that is lacking may only be misspelled.
  await engine.load(options.surfaces);
  requireFilters(options.surfaces);
  const [mainModel] = encoders.query.values();
  const lexicon = new SearchLexicon({ ...options, warn, isWord: (word) => mainModel?.knows(word) ?? false });
  opened.add(() => lexicon.close());
  const facts = new CatalogueFacts(options);
  opened.add(() => facts.close());
  const slates = new TenantSlates({ ...options, engine, engineOn, warn });
  opened.add(() => slates.close());
  const { minutes } = options.config.chat;
  const chats = new ChatSessions({ pages: stores.pages, clock, lifeMs: minutes * 60_000 });
  const caches: readonly Forgets[] = [slates, lexicon, chats, answersForget(options.llm)];
  const forgets = [...caches];
  const understand: OpenJobsOptions['understand'] = (typed, language) => lexicon.understand(typed, language);
  const following = followChanges({ stores, engine, lexicon, caches, warn });
  opened.add(async () => following.stop());
  const derived = new DerivedSpaces({ ...options, models });
  const own = { ...first, stores, footing, footingOn, versions: spaces, models, derived, facts };
  const { jobs, close } = await openJobs({ ...options, ...own, engine, forgets, understand });
  opened.add(close);
  const { graphs, llm } = options;
  return { tenant, stores, engine, jobs, lexicon, facts, chats, slates, forgets, spaces, graphs, llm };
}

/** A tenant's spaces; a process that fills them says which version is in use where nobody has. */
async function openSpaces(
  { encoders, stores, backend }: OpenTenantOptions,
  warn: (line: string) => void,
): Promise<SpaceVersions> {
  const spaces = new SpaceVersions(encoders.spaces.values(), stores.artifacts);
  // What cannot be written down is served all the same.
  const fail = (error: unknown): void => warn(`which versions of spaces are in use is not stored: ${String(error)}`);
  if (backend.worksJobs) await spaces.adopt().catch(fail);
  return spaces;
}
