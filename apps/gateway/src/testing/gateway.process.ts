import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATIENCE_MS } from './http.client.js';
import { runFolder } from './run-folder.js';

const APPS = join(__dirname, '..', '..', '..');

export interface GatewayOptions {
  /** The data folder. */
  readonly data: string;
  /** `attune.config.yaml`; default the one that comes with Attune. */
  readonly config?: string;
  /** Load the bundled shop; default off. */
  readonly demo?: boolean;
  /** Which program; default the gateway. */
  readonly program?: 'gateway' | 'worker';
  /** Environment on top of that. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A file for each process under way: `global-teardown.cjs` ends what a test that failed left behind. */
const pidFile = (pid: number): string => join(runFolder(), 'pids', String(pid));

/** The built server as a process of its own, on a free port unless `env.PORT` names one. */
export class GatewayProcess {
  /** Resolves when the process has ended and everything it wrote has been read. */
  readonly ended: Promise<Ending>;
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;

  constructor({ data, config, demo = false, program = 'gateway', env = {} }: GatewayOptions) {
    const own = {
      PORT: '0',
      ATTUNE_DATA_DIR: data,
      ATTUNE_DEMO: demo ? 'on' : 'off',
      ...(config && { ATTUNE_CONFIG: config }),
    };
    const child = spawn(process.execPath, [join(APPS, program, 'dist', 'main.js')], {
      env: { PATH: process.env['PATH'], ...own, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    writeFileSync(pidFile(child.pid!), '');
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.#child = child;
    this.ended = once(child, 'close').then(([code, signal]) => {
      rmSync(pidFile(child.pid!), { force: true });
      return {
        code: code as number | null,
        signal: signal as NodeJS.Signals | null,
        stdout: this.stdout,
        stderr: this.stderr,
      };
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Resolves with how the process ended, which the signal brought about, or something before it. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ending> {
    this.#child.kill(signal);
    return this.ended;
  }

  /** Resolves when the output matches; rejects when the process ends first. */
  said(pattern: RegExp, stream: 'stdout' | 'stderr' = 'stderr'): Promise<RegExpExecArray> {
    const source = this.#child[stream]!;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(this[stream]);
        if (found === null) return;
        clearTimeout(timer);
        source.off('data', look);
        resolve(found);
      };
      const timer = setTimeout(() => reject(new Error(`never said ${pattern}:\n${this.stderr}`)), PATIENCE_MS);
      source.on('data', look);
      void this.ended.then(({ code, signal }) => {
        clearTimeout(timer);
        reject(new Error(`ended (${code ?? signal}) before it said ${pattern}:\n${this.stderr}`));
      });
      look();
    });
  }

  /** Address, once it listens. */
  async listening(): Promise<string> {
    return (await this.said(/Attune listens on (\S+)[\s\S]*Read on/, 'stdout'))[1]!;
  }
}

/** Runs a server that is expected to give up by itself. */
export const runToTheEnd = (options: GatewayOptions): Promise<Ending> => new GatewayProcess(options).ended;
