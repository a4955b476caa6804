import { timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { decodeArtifact, encodeArtifact } from '@attune/algorithms';
import { openEmbeddedStores, type EmbeddedStores } from '@attune/stores';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.schema.js';
import { loadConfig, loadSurfaces } from '../config/load-config.js';
import { loadPlugins } from '../config/load-plugins.js';
import { queryEmbedder } from '../embedding/query-embedder.js';
import { openEncoders } from './encoders.js';
import { openTenant, type OpenedTenant } from './open-tenant.js';
import type { Platform } from './tenant-platform.js';
import { watchSurfaces } from './watch-surfaces.js';

export interface OpenPlatformOptions {
  readonly environment: Environment;
  readonly clock: Platform['clock'];
  readonly log: Logger;
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
export async function openPlatform({ environment, clock, log }: OpenPlatformOptions): Promise<OpenedPlatform> {
  const loaded = loadConfig(environment.ATTUNE_CONFIG);
  const surfaces = loadSurfaces(loaded.surfaces);
  const registry = await loadPlugins(loaded);
  const warn = (line: string): void => log.warn(line);
  const encoders = await openEncoders(loaded);
  const stores = await openStores(environment, { clock, warn, spaces: [...encoders.spaces.values()] });
  const embed = queryEmbedder(encoders.query);
  const tenants = new Map<string, OpenedTenant>();
  for (const tenant of new Set(['default', ...environment.ATTUNE_API_KEYS.values()])) {
    const shared = { config: loaded.config, registry, encoders, embed, surfaces, clock, warn };
    const folder = join(stores.folder, 'tenants', tenant);
    tenants.set(tenant, await openTenant({ tenant, folder, stores: await stores.open({ tenant }), ...shared }));
  }
  const stopWatching = watchSurfaces(loaded.surfaces, () => [...tenants.values()].map(({ engine }) => engine), log);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    stopWatching();
    for (const tenant of tenants.values()) await tenant.close();
    await encoders.close();
    await stores.close();
  };
  return {
    config: loaded.config,
    clock,
    main: tenants.get('default')!,
    folder: stores.folder,
    ready: true,
    tenantOf: (apiKey) => tenants.get(tenantOfKey(environment.ATTUNE_API_KEYS, apiKey) ?? ''),
    announce: (address) => stores.announce(address),
    close: () => (closing ??= close()),
  };
}

interface StoreParts {
  readonly clock: Platform['clock'];
  readonly warn: (line: string) => void;
  readonly spaces: Parameters<typeof openEmbeddedStores>[0]['spaces'];
}

function openStores(environment: Environment, { clock, warn, spaces }: StoreParts): Promise<EmbeddedStores> {
  const codec = { encode: encodeArtifact, decode: decodeArtifact };
  return openEmbeddedStores({ folder: environment.ATTUNE_DATA_DIR, clock: () => clock.now(), warn, spaces, codec });
}

/** The tenant of a key, every key compared in constant time; without any keys everybody is `default`. */
function tenantOfKey(keys: ReadonlyMap<string, string>, apiKey: string | undefined): string | undefined {
  if (keys.size === 0) return 'default';
  const given = Buffer.from(apiKey ?? '');
  let found: string | undefined;
  for (const [key, tenant] of keys) {
    const known = Buffer.from(key);
    if (known.length === given.length && timingSafeEqual(known, given)) found = tenant;
  }
  return found;
}
