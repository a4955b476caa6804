import { decodeArtifact, encodeArtifact } from '@attune/algorithms';
import type { EmbeddedStoresOptions } from '@attune/stores';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.schema.js';
import type { Backend, Role } from './backend.js';
import { openEmbeddedBackend } from './embedded-backend.js';

export interface BackendParts extends Pick<EmbeddedStoresOptions, 'spaces' | 'slates' | 'llmCalls'> {
  readonly clock: Backend['clock'];
  readonly log: Logger;
  readonly role: Role;
}

/** Opens the services that the environment names, or the data folder. Throws one clear error where it cannot. */
export async function openBackend(
  environment: Environment,
  { clock, log, role, ...parts }: BackendParts,
): Promise<Backend> {
  const codec = { encode: encodeArtifact, decode: decodeArtifact };
  const warn = (line: string): void => log.warn(line);
  const options = { folder: environment.ATTUNE_DATA_DIR, clock, warn, codec, ...parts };
  const { ELASTICSEARCH_URL, REDIS_URL } = environment;
  if (ELASTICSEARCH_URL === undefined || REDIS_URL === undefined) return await openEmbeddedBackend(options);
  // Their clients take a third of a second to load, which nobody without them should wait for.
  const { openDistributedBackend } = await import('./distributed-backend.js');
  return await openDistributedBackend({ ...options, environment, role });
}
