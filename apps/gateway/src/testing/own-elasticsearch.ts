import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SERVICES = join(__dirname, '..', '..', '..', '..', 'tools', 'services', 'services.mjs');
const FOLDER = join(tmpdir(), `attune-faults-${process.pid}`);
const NAME = 'faults';

/** An Elasticsearch of the test's own, which may be killed. */
export class OwnElasticsearch {
  private constructor(readonly url: string) {}

  static async start(): Promise<OwnElasticsearch> {
    return new OwnElasticsearch(await up());
  }

  /** As `kill -9`, all of its processes. */
  kill(): void {
    const servers = JSON.parse(readFileSync(join(FOLDER, NAME, 'servers.json'), 'utf8')) as Servers;
    process.kill(-servers.elasticsearch.pid, 'SIGKILL');
  }

  /** Starts it again where it was, with its data. */
  async startAgain(): Promise<void> {
    const url = await up();
    if (url !== this.url) throw new Error(`it is at ${url} now, no longer at ${this.url}`);
  }

  /** Stops it, and removes its data. */
  async stop(): Promise<void> {
    await services('down');
    rmSync(FOLDER, { recursive: true, force: true });
  }
}

interface Servers {
  readonly elasticsearch: { readonly pid: number };
}

async function up(): Promise<string> {
  const [, url] = /^ELASTICSEARCH_URL=(\S+)$/m.exec(await services('up')) ?? [];
  if (url === undefined) throw new Error('there is no Elasticsearch of its own');
  return url;
}

async function services(command: 'up' | 'down'): Promise<string> {
  const { ELASTICSEARCH_URL: _, REDIS_URL: __, ...inherited } = process.env;
  const env = { ...inherited, ATTUNE_SERVICES_DIR: FOLDER };
  const { stdout } = await promisify(execFile)(process.execPath, [SERVICES, command, '--name', NAME], { env });
  return stdout;
}
