import { join } from 'node:path';
import { Engine, type PipelineSource, type Registry, type SlateObserver } from '@attune/engine';
import type { EmbedPort, PairScorePort, TenantStores } from '@attune/sdk';
import type { Logger } from 'pino';
import type { Config } from '../config/config.schema.js';
import { requireFilters } from '../config/required-filters.js';
import type { Forgets } from '../erase/forgets.js';
import { PendingErasures } from '../erase/pending-erasures.js';
import { openJobs } from '../jobs/open-jobs.js';
import { SearchLexicon } from '../search/search-lexicon.js';
import type { EngineOn } from '../slates/pinned-engines.js';
import { TenantSlates } from '../slates/tenant-slates.js';
import type { Encoders } from './encoders.js';
import { hostPorts } from './host-ports.js';
import type { Platform, TenantPlatform } from './tenant-platform.js';

export interface OpenTenantOptions {
  readonly tenant: string;
  readonly stores: TenantStores;
  /** Folder for what is the tenant's but in no store: its jobs. */
  readonly folder: string;
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
  const { tenant, stores, registry, encoders, clock } = options;
  const { spaces } = encoders;
  const warn = (line: string): void => options.log.warn(line);
  const ports = hostPorts(stores, options.embed, warn, options.pairScore);
  const { observer } = options;
  const engine = new Engine({ tenant, registry, ports, stores, spaces, clock, observer });
  const engineOn: EngineOn = (artifacts) => {
    const pinned = hostPorts({ ...stores, artifacts }, options.embed, warn, options.pairScore);
    return new Engine({ tenant, registry, ports: pinned, stores, spaces, clock });
  };
  try {
    // What the engine has against them comes first: a filter that is lacking may only be misspelled.
    await engine.load(options.surfaces);
    requireFilters(options.surfaces);
    const erasures = await PendingErasures.open(join(options.folder, 'erasures'), warn);
    const slates = new TenantSlates({ ...options, engine, engineOn, warn });
    const lexicon = new SearchLexicon({ ...options, warn });
    const forgets: Forgets[] = [slates, lexicon];
    const { jobs, stop } = await openJobs({ ...options, ports, spaces: encoders.spaces, engine, erasures, forgets });
    const close = async (): Promise<void> => {
      stop();
      await jobs.close();
      await erasures.close();
      await slates.close();
      await lexicon.close();
      await engine.close();
    };
    const vectorSpaces = [...encoders.spaces.values()].map(({ id, dims, digest }) => ({
      id,
      dims,
      digest,
      folder: join(options.folder, 'vectors', id),
    }));
    return { tenant, stores, engine, jobs, lexicon, slates, erasures, forgets, vectorSpaces, close };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
