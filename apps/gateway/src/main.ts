import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '@attune/server';

const HELP = `attune: recommendations and personalised search over HTTP

Usage: npm start [-- --help | --version]

Environment:
  PORT             port to listen on, default 3000; 0 takes a free one
  HOST             address to listen on, default 127.0.0.1; another one needs ATTUNE_API_KEYS
  ATTUNE_DATA_DIR  folder of the data, default .attune
  ATTUNE_DEMO      on (default): load the bundled shop into an empty data folder; off: start empty
  ATTUNE_CONFIG    configuration file, default config/attune.config.yaml
  ATTUNE_API_KEYS  keys, separated by commas; key=tenant gives a key its own tenant, key=tenant:ingest+recommend scopes
  ATTUNE_METRICS_OPEN  on: /metrics needs no key; default off
  OTEL_EXPORTER_OTLP_ENDPOINT  collector of traces, for example http://localhost:4318
  ATTUNE_LOG_LEVEL silent, error, warn, info (default; warn on a terminal), debug

Examples:
  npm start
  PORT=8080 ATTUNE_DATA_DIR=/var/lib/attune ATTUNE_DEMO=off npm start
`;

async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string };
  const [argument] = process.argv.slice(2);
  if (argument === '--help' || argument === '-h') return void process.stdout.write(HELP);
  if (argument === '--version') return void process.stdout.write(`${version}\n`);
  if (argument !== undefined) throw new Error(`unknown argument '${argument}': see npm start -- --help`);
  await serveUntilStopped(version);
}

/** Ends by itself at SIGINT or SIGTERM, also while it starts; a model at work must not be ended from outside. */
async function serveUntilStopped(version: string): Promise<void> {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
  // Ctrl-C under npm comes twice: from the terminal and from npm. It stops once.
  const stop = (): void => stopping.abort(new Error('stopped before it listened'));
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const server = await startServer({ variables: process.env, version, signal: stopping.signal });
    await stopped;
    await server.stop();
  } catch (error) {
    if (error !== stopping.signal.reason) throw error;
  }
  process.exit(0);
}

function fail(error: unknown): void {
  const lines = error instanceof Error ? error.message : String(error);
  process.stderr.write(`attune: ${lines}\n`);
  if (process.env['ATTUNE_LOG_LEVEL'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}

main().catch(fail);
