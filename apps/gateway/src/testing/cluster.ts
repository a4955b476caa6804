import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { clearServices } from './clear-services.js';
import { GatewayProcess } from './gateway.process.js';
import { scratchFolder } from './scratch.js';
import { Gateway } from './start-gateway.js';

export interface ClusterOptions {
  /** `attune.config.yaml`; default the one that comes with Attune. */
  readonly config?: string;
  /** Instead of those of the environment: a proxy, or a server of the test's own. */
  readonly services?: { readonly elasticsearch?: string; readonly redis?: string };
}

type Variables = Readonly<Record<string, string>>;

/** Processes on shared services, under a prefix and with a folder of their own. */
export class Cluster {
  readonly prefix = `e2e${randomBytes(8).toString('hex')}`;
  readonly folder = join(scratchFolder(), 'shared');
  private readonly started: GatewayProcess[] = [];

  constructor(private readonly options: ClusterOptions = {}) {}

  /** A gateway that leaves jobs to workers. */
  async gateway(variables: Variables = {}): Promise<Gateway> {
    const process = this.start('gateway', { ATTUNE_ROLE: 'gateway', ...variables });
    return new Gateway(process, await process.listening());
  }

  /** A worker, and a client for its probes. */
  async worker(variables: Variables = {}): Promise<Gateway> {
    const process = this.start('worker', { ATTUNE_LOG_LEVEL: 'info', ...variables });
    const [, url] = await process.said(/"url":"([^"]+)","role":"worker"/);
    return new Gateway(process, url!);
  }

  /** Two gateways, and a worker for both. */
  async pair(): Promise<readonly [Gateway, Gateway]> {
    // The first makes what the others find.
    const first = await this.gateway();
    const [second] = await Promise.all([this.gateway(), this.worker()]);
    return [first, second];
  }

  /** Ends what runs still, and removes what was stored. */
  async close(): Promise<void> {
    await Promise.all(this.started.map((process) => process.stop('SIGKILL')));
    await clearServices({ elasticsearch: serviceUrl('elasticsearch'), redis: serviceUrl('redis') }, this.prefix);
  }

  private start(program: 'gateway' | 'worker', variables: Variables): GatewayProcess {
    const { config, services = {} } = this.options;
    const process = new GatewayProcess({
      program,
      data: this.folder,
      ...(config !== undefined && { config }),
      env: {
        ELASTICSEARCH_URL: services.elasticsearch ?? serviceUrl('elasticsearch'),
        REDIS_URL: services.redis ?? serviceUrl('redis'),
        ATTUNE_STORE_PREFIX: this.prefix,
        ...variables,
      },
    });
    this.started.push(process);
    return process;
  }
}

/** Where a service of the tests runs; to be called inside of `describeDistributed` only. */
export const serviceUrl = (service: 'elasticsearch' | 'redis'): string =>
  process.env[service === 'redis' ? 'REDIS_URL' : 'ELASTICSEARCH_URL'] ?? '';

/** `describe` with several processes on real services; where one is missing, a skipped test says what it needs. */
export function describeDistributed(name: string, suite: () => void): void {
  const missing = ['ELASTICSEARCH_URL', 'REDIS_URL'].filter((variable) => !process.env[variable]);
  if (missing.length === 0) describe(name, suite);
  else describe(name, () => it.skip(`needs ${missing.join(' and ')}: npm run services:up`, () => undefined));
}
