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
import { OpenedParts } from './opened-parts.js';
import { openTenant, type OpenedTenant } from './open-tenant.js';
import { tenantOfKey } from './tenant-of-key.js';
import type { Platform } from './tenant-platform.js';
import { watchSurfaces } from './watch-surfaces.js';

export interface OpenPlatformOptions {
  readonly environment: Environment;
  readonly clock: Platform['clock'];
  readonly log: Logger;
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
export async function openPlatform({ environment, clock, log, signal }: OpenPlatformOptions): Promise<OpenedPlatform> {
  const loaded = loadConfig(environment.ATTUNE_CONFIG);
  const surfaces = loadSurfaces(loaded.surfaces);
  const registry = await loadPlugins(loaded);
  proveTraining(loaded, registry);
  const opened = new OpenedParts();
  try {
    signal?.throwIfAborted();
    const encoders = await openEncoders(loaded);
    opened.add(() => encoders.close());
    const stores = await openStores(environment, { clock, log, spaces: [...encoders.spaces.values()] });
    opened.add(() => stores.close());
    const embed = queryEmbedder(encoders.query);
    const shared = { config: loaded.config, registry, encoders, embed, surfaces, clock, log };
    const tenants = new Map<string, OpenedTenant>();
    for (const tenant of new Set(['default', ...environment.ATTUNE_API_KEYS.values()])) {
      signal?.throwIfAborted();
      const folder = join(stores.folder, 'tenants', tenant);
      const one = await openTenant({ tenant, folder, stores: await stores.open({ tenant }), ...shared });
      opened.add(() => one.close());
      tenants.set(tenant, one);
    }
    opened.add(watchSurfaces(loaded.surfaces, () => [...tenants.values()].map(({ engine }) => engine), log));
    return {
      config: loaded.config,
      clock,
      main: tenants.get('default')!,
      folder: stores.folder,
      ready: true,
      tenantOf: (apiKey) => tenants.get(tenantOfKey(environment.ATTUNE_API_KEYS, apiKey) ?? ''),
      announce: (address) => stores.announce(address),
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close().catch((failure: unknown) => log.error({ err: failure }, 'could not close what was opened'));
    throw error;
  }
}

interface StoreParts {
  readonly clock: Platform['clock'];
  readonly log: Logger;
  readonly spaces: Parameters<typeof openEmbeddedStores>[0]['spaces'];
}

function openStores(environment: Environment, { clock, log, spaces }: StoreParts): Promise<EmbeddedStores> {
  const codec = { encode: encodeArtifact, decode: decodeArtifact };
  const warn = (line: string): void => log.warn(line);
  return openEmbeddedStores({ folder: environment.ATTUNE_DATA_DIR, clock: () => clock.now(), warn, spaces, codec });
}
