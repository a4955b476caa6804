import { VERSION } from '../version.js';
import { ApiClient } from './api.client.js';
import type { Connection, ConnectOptions } from './connection.js';

/**
 * Serves the data folder on a free port of this machine, quietly. Without a key everybody is the tenant `default`;
 * with one the keys of the environment say whose data it opens.
 */
export async function openOwnServer({ dataDir, key, variables, signal }: ConnectOptions): Promise<Connection> {
  const { startServer } = await import('@attune/server');
  const server = await startServer({
    variables: {
      ...variables,
      PORT: '0',
      HOST: '127.0.0.1',
      ATTUNE_DATA_DIR: dataDir,
      ATTUNE_DEMO: 'off',
      ATTUNE_LOG_LEVEL: variables['ATTUNE_LOG_LEVEL'] ?? 'error',
      ATTUNE_API_KEYS: key === undefined ? '' : variables['ATTUNE_API_KEYS'],
    },
    version: VERSION,
    signal,
    greet: false,
  });
  return { client: new ApiClient(server.url, key), own: true, close: () => server.stop() };
}
