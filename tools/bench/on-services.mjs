// Gateways and workers on the services that ELASTICSEARCH_URL and REDIS_URL name, under a prefix of a bench's own.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, startGateway } from './gateway.mjs';

const require = createRequire(join(ROOT, 'libs', 'stores', 'package.json'));

/** Processes on shared services; `close` removes what they stored. */
export function onServices() {
  const { ELASTICSEARCH_URL: elasticsearch, REDIS_URL: redis } = process.env;
  if (!elasticsearch || !redis)
    throw new Error('this bench needs services: export $(npm run --silent services:up), then run it again');
  const prefix = `bench${randomBytes(6).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'attune-bench-'));
  const environment = { ELASTICSEARCH_URL: elasticsearch, REDIS_URL: redis, ATTUNE_STORE_PREFIX: prefix };
  const started = [];
  const start = async (variables = {}, options = {}) => {
    const process = await startGateway({ ...environment, ...variables }, { folder, ...options });
    started.push(process);
    return process;
  };
  return {
    elasticsearch,
    redis,
    prefix,
    /** A gateway that does jobs as well, unless `ATTUNE_ROLE` says otherwise. */
    gateway: start,
    /** A worker; its address is in what it logs. */
    worker: (variables = {}) => start({ ATTUNE_LOG_LEVEL: 'info', ...variables }, { program: 'worker' }),
    async close() {
      for (const process of started) await process.stop();
      const indices = await (await fetch(`${elasticsearch}/${prefix}-*?features=aliases`)).json();
      for (const index of Object.keys(indices)) await fetch(`${elasticsearch}/${index}`, { method: 'DELETE' });
      await fetch(`${elasticsearch}/_index_template/${prefix}-*`, { method: 'DELETE' });
      const { Redis } = require('ioredis');
      const client = new Redis(redis);
      for await (const keys of client.scanStream({ match: `${prefix}:*`, count: 1000 }))
        if (keys.length > 0) await client.unlink(...keys);
      client.disconnect();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Versions of the services, for a bench's head. */
export async function servicesLine(elasticsearch) {
  const nodes = await (await fetch(`${elasticsearch}/_nodes?filter_path=nodes.*.version`)).json();
  return `Elasticsearch ${Object.values(nodes.nodes)[0].version}`;
}

/** Environment of the embedded mode, whatever this process's own says. */
export const EMBEDDED = { ELASTICSEARCH_URL: '', REDIS_URL: '' };
