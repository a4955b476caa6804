import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { decodeArtifact, encodeArtifact } from '@attune/algorithms';
import { Engine, pipelineSchema, type PipelineSource, type Registry, type SlateObserver } from '@attune/engine';
import { PortError, type GraphPort, type Scope, type TenantStores } from '@attune/sdk';
import { openEmbeddedStores } from '@attune/stores';
import { ChatSessions } from '../../chat/chat-sessions.js';
import { CatalogueFacts } from '../../catalogue-facts/catalogue-facts.js';
import { apiKeysSchema } from '../../config/api-keys.schema.js';
import { configSchema, type Config } from '../../config/config.schema.js';
import { loadPlugins } from '../../config/load-plugins.js';
import type { JobWork } from '../../jobs/job.js';
import { openQueue } from '../../jobs/testing/open-queue.js';
import { hostPorts } from '../../platform/host-ports.js';
import { SpaceVersions } from '../../spaces/space-versions.js';
import { NO_LLM } from '../../llm/open-llm.js';
import { SearchLexicon } from '../../search/search-lexicon.js';
import { accessIn, KeyRing } from '../../platform/key-ring.js';
import { Metrics } from '../../telemetry/metrics.js';
import { observers } from '../../telemetry/observers.js';
import { slateMetrics } from '../../telemetry/slate-metrics.js';
import { countJobs, lookAtTenants } from '../../telemetry/tenant-metrics.js';
import type { EncodedSpace } from '../../platform/encoders.js';
import type { Platform, TenantPlatform } from '../../platform/tenant-platform.js';
import type { EngineOn } from '../../slates/pinned-engines.js';
import { TenantSlates } from '../../slates/tenant-slates.js';
import { unhurried } from '../../testing/pipelines.js';

/** The moment at which a test's clock stands unless the test moves it. */
export const TEST_NOW = Date.parse('2026-11-21T09:30:00Z');

export interface TestPlatform extends Platform {
  ready: boolean;
  /** The data folder. */
  readonly folder: string;
  readonly clock: { now(): number; monotonic(): number; set(ms: number): void };
  readonly tenants: ReadonlyMap<string, TenantPlatform>;
}

export interface TestPlatformOptions {
  /** Grant of each key (`tenant`, `tenant:scope+scope`); none: everybody is `default`. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly work?: JobWork;
  readonly limits?: Config['limits'];
  /** Told of slates besides the metrics. */
  readonly watching?: readonly SlateObserver[];
  /** Versions of spaces; default none. */
  readonly spaces?: readonly EncodedSpace[];
  /** Opens its stores, by its clock; default those in a folder of its own. */
  readonly openStores?: (clock: () => number) => Promise<TestStores>;
}

export interface TestStores {
  open(scope: Scope): Promise<TenantStores>;
  close(): Promise<void>;
}

const warn = (): void => undefined;

const done: JobWork = () => Promise.resolve({ ok: 1, failed: 0, errors: [] });

/** Real stores on disk and real engines without models: everything the HTTP layer reaches, and nothing to download. */
export async function openTestPlatform({
  keys = {},
  work = done,
  limits,
  watching = [],
  spaces = [],
  openStores,
}: TestPlatformOptions = {}): Promise<TestPlatform> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-http-'));
  let now = TEST_NOW;
  const clock = { now: () => now, monotonic: () => performance.now(), set: (ms: number) => void (now = ms) };
  const codec = { encode: encodeArtifact, decode: decodeArtifact };
  const stores =
    (await openStores?.(clock.now)) ?? (await openEmbeddedStores({ folder, clock: clock.now, warn, spaces, codec }));
  const config = configSchema.parse({
    attributes: { color: { type: 'keyword' } },
    events: { weights: { wish: 2 } },
    limits,
  });
  const registry = await registryOf();
  const tenants = new Map<string, TenantPlatform>();
  const grants = apiKeysSchema.parse(
    Object.entries(keys)
      .map((entry) => entry.join('='))
      .join(),
  );
  const ring = new KeyRing(grants);
  const metrics = new Metrics();
  for (const tenant of new Set(['default', ...[...grants.values()].map((grant) => grant.tenant)])) {
    const own = await stores.open({ tenant });
    const observer = observers([slateMetrics(metrics, tenant), ...watching]);
    const parts = { folder, stores: own, config, clock, work, observer, registry, spaces };
    tenants.set(tenant, await openTestTenant(tenant, parts));
  }
  for (const tenant of tenants.values()) countJobs(metrics, tenant);
  lookAtTenants(metrics, tenants, []);
  return {
    config,
    clock,
    tenants,
    folder,
    ready: true,
    metrics,
    accessOf: (key) => accessIn(tenants, ring.grantOf(key)),
    async close() {
      for (const { jobs, engine, slates, lexicon, facts } of tenants.values()) {
        await jobs.close();
        await slates.close();
        await lexicon.close();
        await facts.close();
        await engine.close();
      }
      await stores.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface TenantParts {
  readonly folder: string;
  readonly stores: TenantStores;
  readonly config: Config;
  readonly clock: Platform['clock'];
  readonly work: JobWork;
  readonly observer: SlateObserver;
  readonly registry: Registry;
  readonly spaces: readonly EncodedSpace[];
}

async function openTestTenant(tenant: string, parts: TenantParts): Promise<TenantPlatform> {
  const { folder, stores, config, clock, work, observer, registry } = parts;
  const jobs = await openQueue({ folder: join(folder, 'jobs', tenant), clock, work, warn });
  const engine = await engineOn(tenant, { stores, clock, observer }, registry);
  const engineWith: EngineOn = (artifacts) => newEngine(tenant, { stores: { ...stores, artifacts }, clock }, registry);
  const slates = new TenantSlates({ tenant, stores, config, clock, engine, engineOn: engineWith, warn });
  const lexicon = new SearchLexicon({ tenant, stores, config, clock, warn });
  const facts = new CatalogueFacts({ stores, config, clock });
  const chats = new ChatSessions({ pages: stores.pages, clock, lifeMs: 30 * 60_000 });
  const spaces = new SpaceVersions(parts.spaces, stores.artifacts);
  const forgets = [slates, lexicon];
  return { tenant, stores, engine, jobs, lexicon, facts, chats, slates, forgets, spaces, graphs, llm: NO_LLM };
}

/** Every graph gives each of its rows a score of 1: ONNX Runtime is for tests of whole processes. */
const graphs: GraphPort = {
  open: async () => ({
    run: async (feeds) => {
      const [rows = 1] = Object.values(feeds).map((feed) => ('shape' in feed ? feed.shape[0]! : feed.length));
      return { score: new Float32Array(rows).fill(1) };
    },
    close: () => Promise.resolve(),
  }),
};

interface EngineParts {
  readonly stores: TenantStores;
  readonly observer?: SlateObserver;
  readonly clock: Platform['clock'];
}

async function engineOn(tenant: string, parts: EngineParts, registry: Registry): Promise<Engine> {
  const engine = newEngine(tenant, parts, registry);
  await engine.load([
    pipeline('home', 'popular'),
    pipeline('item', 'popular', ['seeds']),
    pipeline('search', 'lexical'),
  ]);
  return engine;
}

const registryOf = (): Promise<Registry> =>
  loadPlugins({
    config: configSchema.parse({}),
    file: __filename,
    locate: () => ({ file: __filename, line: 1 }),
    surfaces: __dirname,
  });

/** An engine without models of text; nothing is loaded yet. */
function newEngine(tenant: string, { stores, clock, observer }: EngineParts, registry: Registry): Engine {
  const embed = { query: () => Promise.reject(new PortError('SPACE_UNKNOWN', 'no space')) };
  const ports = hostPorts(stores, embed, () => undefined);
  return new Engine({ tenant, registry, ports, stores, spaces: new Map(), clock, observer });
}

const pipeline = (surface: string, retriever: string, filters: readonly string[] = []): PipelineSource => ({
  spec: pipelineSchema.parse(
    unhurried({
      surface,
      retrieve: [{ use: retriever, limit: 300 }],
      filter: ['where', 'availability', 'seen', ...filters].map((use) => ({ use })),
      score: [{ use: 'popularity' }],
      rank: { use: 'weighted', config: { popularity: 1 } },
    }),
  ),
  locate: () => ({ file: `${surface}.yaml`, line: 1 }),
});
