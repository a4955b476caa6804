import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeArtifact, encodeArtifact } from '@attune/algorithms';
import { openDistributedStores, type DistributedStores } from '@attune/stores/distributed';

const urlOf = (variable: 'ELASTICSEARCH_URL' | 'REDIS_URL'): string => process.env[variable] ?? '';

/** `describe` on real services; where one is missing, a skipped test says what it needs. */
export function describeOnServices(name: string, suite: () => void): void {
  const missing = (['ELASTICSEARCH_URL', 'REDIS_URL'] as const).filter((variable) => urlOf(variable) === '');
  if (missing.length === 0) describe(name, suite);
  else describe(name, () => it.skip(`needs ${missing.join(' and ')}: npm run services:up`, () => undefined));
}

/** How long specs wait for an answer: services of a busy machine take their time. */
const PATIENT_MS = 30_000;

const REMOVE_KEYS = `for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('UNLINK', key) end return 1`;

/** A place of one's own on the services, for several processes' stores; gone after `clear`. */
export class ScratchServices {
  private readonly prefix = `attune-test-${randomBytes(6).toString('hex')}`;
  private folder: Promise<string> | undefined;

  /** The stores as one more process has them. */
  async open(clock: () => number): Promise<DistributedStores> {
    const { prefix } = this;
    this.folder ??= mkdtemp(join(tmpdir(), 'attune-server-'));
    return await openDistributedStores({
      elasticsearch: { url: urlOf('ELASTICSEARCH_URL'), prefix, requestTimeoutMs: PATIENT_MS },
      redis: { url: urlOf('REDIS_URL'), prefix, commandTimeoutMs: PATIENT_MS },
      artifactFolder: await this.folder,
      clock,
      warn: () => undefined,
      spaces: [],
      codec: { encode: encodeArtifact, decode: decodeArtifact },
    });
  }

  async clear(): Promise<void> {
    const url = urlOf('ELASTICSEARCH_URL');
    const indices = (await (await fetch(`${url}/${this.prefix}-*?features=aliases`)).json()) as object;
    for (const index of Object.keys(indices)) await fetch(`${url}/${index}`, { method: 'DELETE' });
    const { hostname, port } = new URL(urlOf('REDIS_URL'));
    const socket = connect(Number(port), hostname);
    const words = ['EVAL', REMOVE_KEYS, '0', `${this.prefix}:*`];
    const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
    socket.end(`*${words.length}\r\n${parts.join('')}`);
    await once(socket, 'data');
    socket.destroy();
    if (this.folder !== undefined) await rm(await this.folder, { recursive: true, force: true });
  }
}
