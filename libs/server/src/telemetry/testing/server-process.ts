import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Starts the server it is given, prints its address, stops when its input ends. */
const PROGRAM = `
const { startServer } = require(process.argv[1]);
startServer({ variables: process.env, version: '1.2.3', signal: new AbortController().signal, greet: false })
  .then(({ url, stop }) => {
    console.log(url);
    process.stdin.resume().on('end', () => void stop());
  });
`;

export interface ServerProcess {
  readonly url: string;
  /** Stops it and waits for its end. */
  stop(): Promise<void>;
}

/** The built server in a process of its own: the exporter of traces loads modules in a way that jest does not allow. */
export async function startServerProcess(variables: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const built = join(dirname(createRequire(__filename).resolve('@attune/server/package.json')), 'dist', 'index.js');
  const child = spawn(process.execPath, ['-e', PROGRAM, built], {
    env: { PATH: process.env['PATH'], PORT: '0', ATTUNE_DEMO: 'off', ATTUNE_LOG_LEVEL: 'error', ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const [url] = (await Promise.race([once(lines, 'line'), ended])) as [string | number];
  if (typeof url !== 'string') throw new Error(`the server ended with ${url} before it listened`);
  return {
    url,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
