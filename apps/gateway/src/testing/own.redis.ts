import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runFolder } from './run-folder.js';

/** Whether this machine has the program. */
export const hasRedisServer = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** A Redis that may be killed; it keeps nothing on disk. */
export class OwnRedis {
  #process: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  static async start(): Promise<OwnRedis> {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    taken.close();
    await once(taken, 'close');
    const redis = new OwnRedis(port);
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, empty, at the address it had. */
  async start(): Promise<void> {
    const settings = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const started = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = started;
    // For `global-teardown.cjs`, which ends what a test that failed left behind.
    const pidFile = join(runFolder(), 'pids', String(started.pid));
    writeFileSync(pidFile, '');
    started.once('exit', () => rmSync(pidFile, { force: true }));
    for await (const chunk of started.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false }))
      if (String(chunk).includes('Ready to accept connections')) break;
    started.stdout.resume();
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running?.kill('SIGKILL') === true) await once(running, 'exit');
  }
}
