import { Engine, type PipelineSource, type Registry, type SlateObserver } from '@attune/engine';
import type { EmbedPort, PairScorePort, TenantStores } from '@attune/sdk';
import type { Logger } from 'pino';
import type { Config } from '../config/config.schema.js';
import { requireFilters } from '../config/required-filters.js';
import { embedWhereFilled } from '../embedding/embed-where-filled.js';
import type { Forgets } from '../erase/forgets.js';
import { openJobs, type OpenJobsOptions } from '../jobs/open-jobs.js';
import { SearchLexicon } from '../search/search-lexicon.js';
import type { EngineOn } from '../slates/pinned-engines.js';
import { TenantSlates } from '../slates/tenant-slates.js';
import type { Encoders } from './encoders.js';
import { followChanges } from './follow-changes.js';
import { hostPorts } from './host-ports.js';
import { OpenedParts } from './opened-parts.js';
import type { Backend } from './backend.js';
import type { Platform, TenantPlatform } from './tenant-platform.js';

export interface OpenTenantOptions {
  readonly tenant: string;
  readonly stores: TenantStores;
  readonly backend: Backend;
  readonly config: Config;
  readonly registry: Registry;
  readonly encoders: Encoders;
  readonly embed: EmbedPort;
  readonly pairScore: PairScorePort;
  readonly surfaces: readonly PipelineSource[];
  readonly observer?: SlateObserver;
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
  const { spaces } = encoders;
  const warn = (line: string): void => options.log.warn(line);
  const embed = embedWhereFilled(options.embed, spaces, stores.items);
  const ports = hostPorts(stores, embed, warn, options.pairScore);
  const engine = new Engine({ tenant, registry, ports, stores, spaces, clock, observer });
  const engineOn: EngineOn = (artifacts) => {
    const pinned = hostPorts({ ...stores, artifacts }, embed, warn, options.pairScore);
    return new Engine({ tenant, registry, ports: pinned, stores, spaces, clock });
  };
  opened.add(() => engine.close());
  // What the engine has against them comes first: a filter that is lacking may only be misspelled.
  await engine.load(options.surfaces);
  requireFilters(options.surfaces);
  const [mainModel] = encoders.query.values();
  const lexicon = new SearchLexicon({ ...options, warn, isWord: (word) => mainModel?.knows(word) ?? false });
  opened.add(() => lexicon.close());
  const slates = new TenantSlates({ ...options, engine, engineOn, warn });
  opened.add(() => slates.close());
  const forgets: Forgets[] = [slates, lexicon];
  const understand: OpenJobsOptions['understand'] = (typed, language) => lexicon.understand(typed, language);
  const following = followChanges({ stores, engine, lexicon, caches: [slates, lexicon], warn });
  opened.add(async () => following.stop());
  const { jobs, close } = await openJobs({ ...options, ports, spaces, engine, forgets, understand });
  opened.add(close);
  const vectorSpaces = [...spaces.values()].map(({ id, dims, digest }) => ({ id, dims, digest }));
  return { tenant, stores, engine, jobs, lexicon, slates, forgets, vectorSpaces };
}
