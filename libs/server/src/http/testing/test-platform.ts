import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { decodeArtifact, encodeArtifact } from '@attune/algorithms';
import { Engine, pipelineSchema, type PipelineSource } from '@attune/engine';
import { PortError, type TenantStores } from '@attune/sdk';
import { openEmbeddedStores } from '@attune/stores';
import { configSchema } from '../../config/config.schema.js';
import { loadPlugins } from '../../config/load-plugins.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { JobStore } from '../../jobs/job-store.js';
import type { JobWork } from '../../jobs/job.js';
import { hostPorts } from '../../platform/host-ports.js';
import type { Platform, TenantPlatform } from '../../platform/tenant-platform.js';

/** The moment at which a test's clock stands unless the test moves it. */
export const TEST_NOW = Date.parse('2026-11-21T09:30:00Z');

export interface TestPlatform extends Platform {
  ready: boolean;
  readonly clock: { now(): number; monotonic(): number; set(ms: number): void };
  readonly tenants: ReadonlyMap<string, TenantPlatform>;
}

export interface TestPlatformOptions {
  /** Tenant of each key; none: everybody is `default`. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly work?: JobWork;
}

const done: JobWork = () => Promise.resolve({ ok: 1, failed: 0, errors: [] });

/** Real stores on disk and real engines without models: everything the HTTP layer reaches, and nothing to download. */
export async function openTestPlatform({ keys = {}, work = done }: TestPlatformOptions = {}): Promise<TestPlatform> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-http-'));
  let now = TEST_NOW;
  const clock = { now: () => now, monotonic: () => performance.now(), set: (ms: number) => void (now = ms) };
  const codec = { encode: encodeArtifact, decode: decodeArtifact };
  const warn = (): void => undefined;
  const stores = await openEmbeddedStores({ folder, clock: clock.now, warn, spaces: [], codec });
  const tenants = new Map<string, TenantPlatform>();
  for (const tenant of new Set(['default', ...Object.values(keys)])) {
    const own = await stores.open({ tenant });
    const store = await JobStore.open(join(folder, 'jobs', tenant), { clock, warn });
    let jobs = 0;
    const queue = new JobQueue(store, work, clock, () => `job-${++jobs}`);
    tenants.set(tenant, { tenant, stores: own, engine: await engineOn(tenant, own, clock), jobs: queue });
  }
  return {
    config: configSchema.parse({ attributes: { color: { type: 'keyword' } }, events: { weights: { wish: 2 } } }),
    clock,
    tenants,
    ready: true,
    tenantOf: (key) => tenants.get(Object.keys(keys).length === 0 ? 'default' : (key && keys[key]) || ''),
    async close() {
      for (const { jobs, engine } of tenants.values()) {
        await jobs.close();
        await engine.close();
      }
      await stores.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function engineOn(tenant: string, stores: TenantStores, clock: Platform['clock']): Promise<Engine> {
  const registry = await loadPlugins({
    config: configSchema.parse({}),
    file: __filename,
    locate: () => ({ file: __filename, line: 1 }),
    surfaces: __dirname,
  });
  const embed = { query: () => Promise.reject(new PortError('SPACE_UNKNOWN', 'no space')) };
  const engine = new Engine({
    tenant,
    registry,
    ports: hostPorts(stores, embed, () => undefined),
    stores,
    spaces: new Map(),
    clock,
  });
  await engine.load([
    pipeline('home', 'popular'),
    pipeline('item', 'popular', ['seeds']),
    pipeline('search', 'lexical'),
  ]);
  return engine;
}

const pipeline = (surface: string, retriever: string, filters: readonly string[] = []): PipelineSource => ({
  spec: pipelineSchema.parse({
    surface,
    // Generous: a busy test machine must not degrade slates that a test looks at.
    deadlineMs: 5_000,
    retrieve: [{ use: retriever, limit: 300 }],
    filter: ['where', 'availability', 'seen', ...filters].map((use) => ({ use })),
    score: [{ use: 'popularity' }],
    rank: { use: 'weighted', config: { popularity: 1 } },
  }),
  locate: () => ({ file: `${surface}.yaml`, line: 1 }),
});
