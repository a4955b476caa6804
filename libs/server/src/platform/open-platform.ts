import { join } from 'node:path';
import { decodeArtifact, encodeArtifact } from '@attune/algorithms';
import { openEmbeddedStores, type EmbeddedStores } from '@attune/stores';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.schema.js';
import { loadConfig, loadSurfaces } from '../config/load-config.js';
import { loadPlugins } from '../config/load-plugins.js';
import { proveTraining } from '../config/prove-training.js';
import { queryEmbedder } from '../embedding/query-embedder.js';
import { openEncoders } from './encoders.js';
import { slateMetrics } from '../telemetry/slate-metrics.js';
import { Metrics } from '../telemetry/metrics.js';
import { observers } from '../telemetry/observers.js';
import { countJobs, lookAtTenants } from '../telemetry/tenant-metrics.js';
import type { Tracing } from '../telemetry/tracing.js';
import { accessIn, KeyRing } from './key-ring.js';
import { OpenedParts } from './opened-parts.js';
import { openTenant, type OpenedTenant } from './open-tenant.js';
import { PairScorers } from './pair-scorers.js';
import type { Platform } from './tenant-platform.js';
import { watchSurfaces } from './watch-surfaces.js';

export interface OpenPlatformOptions {
  readonly environment: Environment;
  readonly clock: Platform['clock'];
  readonly log: Logger;
  /** Default: slates are not traced. */
  readonly tracing?: Tracing | undefined;
  /** Aborted: opening stops, and what was opened is let go of. */
  readonly signal?: AbortSignal | undefined;
}

export interface OpenedPlatform extends Platform {
  /** The tenant that requests without a key belong to. */
  readonly main: OpenedTenant;
  /** Absolute path of the data folder. */
  readonly folder: string;
  /** Puts the address into the data folder's lock, for a second process that asks for it. */
  announce(address: string): Promise<void>;
}

/** Opens everything below HTTP: configuration, plugins, models, data, pipelines. Throws one clear error where it cannot. */
export async function openPlatform({
  environment,
  clock,
  log,
  tracing,
  signal,
}: OpenPlatformOptions): Promise<OpenedPlatform> {
  const loaded = loadConfig(environment.ATTUNE_CONFIG);
  const surfaces = loadSurfaces(loaded.surfaces);
  const registry = await loadPlugins(loaded);
  proveTraining(loaded, registry);
  const opened = new OpenedParts();
  try {
    signal?.throwIfAborted();
    const encoders = await openEncoders(loaded);
    opened.add(() => encoders.close());
    const { retentionDays: days } = loaded.config.slateLog;
    const spaces = [...encoders.spaces.values()];
    const stores = await openStores(environment, { clock, log, spaces, slates: { days } });
    opened.add(() => stores.close());
    const embed = queryEmbedder(encoders.query);
    const pairScore = new PairScorers(loaded.file);
    opened.add(() => pairScore.close());
    const shared = { config: loaded.config, registry, encoders, embed, pairScore, surfaces, clock, log };
    const tenants = new Map<string, OpenedTenant>();
    const metrics = new Metrics();
    const ring = new KeyRing(environment.ATTUNE_API_KEYS);
    const keys = environment.ATTUNE_API_KEYS;
    for (const tenant of new Set(['default', ...[...keys.values()].map((grant) => grant.tenant)])) {
      signal?.throwIfAborted();
      const folder = join(stores.folder, 'tenants', tenant);
      const observer = observers([slateMetrics(metrics, tenant), ...(tracing === undefined ? [] : [tracing.slates])]);
      const one = await openTenant({ tenant, folder, stores: await stores.open({ tenant }), observer, ...shared });
      countJobs(metrics, one);
      opened.add(() => one.close());
      tenants.set(tenant, one);
    }
    metrics.watchProcess();
    lookAtTenants(
      metrics,
      tenants,
      loaded.config.train.map(({ use }) => use),
    );
    opened.add(watchSurfaces(loaded.surfaces, () => [...tenants.values()].map(({ engine }) => engine), log));
    return {
      config: loaded.config,
      clock,
      main: tenants.get('default')!,
      folder: stores.folder,
      ready: true,
      metrics,
      accessOf: (apiKey) => accessIn(tenants, ring.grantOf(apiKey)),
      announce: (address) => stores.announce(address),
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close().catch((failure: unknown) => log.error({ err: failure }, 'could not close what was opened'));
    throw error;
  }
}

interface StoreParts extends Pick<Parameters<typeof openEmbeddedStores>[0], 'spaces' | 'slates'> {
  readonly clock: Platform['clock'];
  readonly log: Logger;
}

function openStores(environment: Environment, { clock, log, ...parts }: StoreParts): Promise<EmbeddedStores> {
  const codec = { encode: encodeArtifact, decode: decodeArtifact };
  const warn = (line: string): void => log.warn(line);
  return openEmbeddedStores({ folder: environment.ATTUNE_DATA_DIR, clock: () => clock.now(), warn, codec, ...parts });
}
