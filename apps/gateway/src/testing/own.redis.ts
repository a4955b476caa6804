import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from './run-folder.js';

/** Below the ports that systems give to connections: while it is dead none of them takes its port. */
const FIRST_PORT = 12_000;
const PORTS = 20_000;
/** Ports that are tried: each may be another's. */
const ATTEMPTS = 20;

/** Whether this machine has the program. */
export const hasRedisServer = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** A Redis that may be killed; it keeps nothing on disk. */
export class OwnRedis {
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(private readonly port: number) {}

  static async start(): Promise<OwnRedis> {
    for (let attempt = 1; ; attempt++) {
      const redis = new OwnRedis(FIRST_PORT + Math.floor(Math.random() * PORTS));
      if (await redis.#listens()) return redis;
      if (attempt === ATTEMPTS)
        throw new Error(`no Redis could be started at any of ${ATTEMPTS} ports: ${redis.#said}`);
    }
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, empty, at the address it had. */
  async start(): Promise<void> {
    if (!(await this.#listens())) throw new Error(`no Redis could be started at ${this.url} again: ${this.#said}`);
  }

  /** Whether it does; not where another has the port. */
  async #listens(): Promise<boolean> {
    const settings = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const started = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = started;
    // For `global-teardown.cjs`, which ends what a test that failed left behind.
    const pidFile = join(runFolder(), 'pids', String(started.pid));
    writeFileSync(pidFile, '');
    started.once('exit', () => rmSync(pidFile, { force: true }));
    this.#said = '';
    for await (const chunk of started.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      this.#said += String(chunk);
      if (!this.#said.includes('Ready to accept connections')) continue;
      started.stdout.resume();
      return true;
    }
    return false;
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running?.kill('SIGKILL') === true) await once(running, 'exit');
  }
}
