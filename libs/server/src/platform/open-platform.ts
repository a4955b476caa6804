import type { PipelineSource, Registry } from '@attune/engine';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.schema.js';
import { loadConfig, loadSurfaces, type LoadedConfig } from '../config/load-config.js';
import { loadPlugins } from '../config/load-plugins.js';
import { proveTraining } from '../config/prove-training.js';
import type { VectorSource } from '../embedding/embed-work.js';
import { queryEmbedder } from '../embedding/query-embedder.js';
import { openLlm } from '../llm/open-llm.js';
import { tenantLlm } from '../llm/tenant-llm.js';
import { modelSlots, type ModelSlot } from '../spaces/model-spaces.js';
import { slateMetrics } from '../telemetry/slate-metrics.js';
import { Metrics } from '../telemetry/metrics.js';
import { observers } from '../telemetry/observers.js';
import { countJobs, lookAtTenants } from '../telemetry/tenant-metrics.js';
import type { Tracing } from '../telemetry/tracing.js';
import type { Backend, Role } from './backend.js';
import { openEncoders, type Encoders } from './encoders.js';
import { accessIn, KeyRing } from './key-ring.js';
import { openBackend } from './open-backend.js';
import { OpenGraphs } from './open-graphs.js';
import { OpenedParts } from './opened-parts.js';
import { openTenant, type OpenedTenant } from './open-tenant.js';
import { PairScorers } from './pair-scorers.js';
import type { Platform } from './tenant-platform.js';
import { watchSurfaces } from './watch-surfaces.js';

export interface OpenPlatformOptions {
  readonly environment: Environment;
  /** What the process is for. */
  readonly role: Role;
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
  /** Whether other processes use the data too. */
  readonly isShared: boolean;
  /** Puts the address into the data folder's lock, for a second process that asks for it. */
  announce(address: string): Promise<void>;
}

/** Opens everything below HTTP: configuration, plugins, models, data, pipelines. Throws one clear error where it cannot. */
export async function openPlatform(options: OpenPlatformOptions): Promise<OpenedPlatform> {
  const loaded = loadConfig(options.environment.ATTUNE_CONFIG);
  const surfaces = loadSurfaces(loaded.surfaces);
  const registry = await loadPlugins(loaded);
  proveTraining(loaded, registry, surfaces);
  const opened = new OpenedParts();
  try {
    return await openParts({ ...options, loaded, surfaces, registry }, opened);
  } catch (error) {
    const fail = (failure: unknown): void => options.log.error({ err: failure }, 'could not close what was opened');
    await opened.close().catch(fail);
    throw error;
  }
}

/** What is known before anything is opened. */
interface Given extends OpenPlatformOptions {
  readonly loaded: LoadedConfig;
  readonly surfaces: readonly PipelineSource[];
  readonly registry: Registry;
}

async function openParts(given: Given, opened: OpenedParts): Promise<OpenedPlatform> {
  const { environment, log, loaded, registry, signal, role } = given;
  const { config } = loaded;
  signal?.throwIfAborted();
  const encoders = await openEncoders(loaded, registry);
  opened.add(() => encoders.close());
  const slots = modelSlots(config.train, registry, encoders.spaces.values());
  const spaces = [...encoders.spaces.values(), ...slots];
  const slates = { days: config.slateLog.retentionDays };
  const llmCalls = { days: config.llm.log.retentionDays };
  const backend = await openBackend(environment, { clock: given.clock, log, role, spaces, slates, llmCalls });
  opened.add(() => backend.close());
  const { clock } = backend;
  const metrics = new Metrics();
  const tenants = await openTenants({ ...given, clock, encoders, slots, backend, metrics }, opened);
  metrics.watchProcess();
  lookAtTenants(
    metrics,
    tenants,
    config.train.map(({ use }) => use),
  );
  opened.add(watchSurfaces(loaded.surfaces, () => [...tenants.values()].map(({ engine }) => engine), log));
  const ring = new KeyRing(environment.ATTUNE_API_KEYS);
  return {
    config,
    clock,
    hookKey: environment.ATTUNE_HOOK_KEY,
    main: tenants.get('default')!,
    folder: backend.folder,
    isShared: backend.isShared,
    ready: true,
    metrics,
    accessOf: (apiKey) => accessIn(tenants, ring.grantOf(apiKey)),
    announce: (address) => backend.announce(address),
    close: () => opened.close(),
  };
}

interface TenantsParts extends Given {
  readonly encoders: Encoders;
  readonly slots: readonly ModelSlot[];
  readonly backend: Backend;
  readonly metrics: Metrics;
}

/** The models that all tenants share. */
async function openModels(parts: TenantsParts, opened: OpenedParts) {
  const pairScore = new PairScorers(parts.loaded.file);
  opened.add(() => pairScore.close());
  const graphs = new OpenGraphs();
  opened.add(() => graphs.close());
  const desk = await openLlm({ ...parts, config: parts.loaded.config });
  if (desk !== undefined) opened.add(() => desk.close());
  return { pairScore, graphs, desk };
}

/** The tenants that keys name, and `default`. */
async function openTenants(parts: TenantsParts, opened: OpenedParts): Promise<ReadonlyMap<string, OpenedTenant>> {
  const { environment, loaded, tracing, signal, encoders, backend, metrics } = parts;
  const { desk, ...models } = await openModels(parts, opened);
  const shared = { ...parts, ...models, config: loaded.config, embed: queryEmbedder(encoders.query) };
  const tenants = new Map<string, OpenedTenant>();
  const named = Array.from(environment.ATTUNE_API_KEYS.values(), (grant) => grant.tenant);
  for (const tenant of new Set(['default', ...named])) {
    signal?.throwIfAborted();
    const observer = observers([slateMetrics(metrics, tenant), ...(tracing === undefined ? [] : [tracing.slates])]);
    const embedded = (version: string, source: VectorSource, count: number): void =>
      metrics.count('attune_embeddings_total', [tenant, version, source], count);
    const stores = await backend.open({ tenant });
    const llm = tenantLlm(desk, tenant, { stores, metrics, config: loaded.config });
    const one = await openTenant({ ...shared, tenant, stores, observer, embedded, llm });
    opened.add(() => one.close());
    countJobs(metrics, one);
    tenants.set(tenant, one);
  }
  return tenants;
}
