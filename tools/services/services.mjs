#!/usr/bin/env node
/** `npm run services:up|down|status`: a real Elasticsearch and a real Redis for development, tests and benches. */
import { parseArgs } from 'node:util';
import { Failure } from './failure.mjs';
import { down, up } from './set.mjs';
import { status } from './status.mjs';

const HELP = `Real Elasticsearch and Redis for development, tests and benches, on loopback.

  npm run services:up        start what does not run yet, wait until it is healthy, print its URLs
  npm run services:status    what runs: version, URL, process, memory; exit code 3 unless both are healthy
  npm run services:down      stop what \`up\` started, and remove its data

Options, after --
  --name <set>   another set of servers, independent of the others (lower-case letters, digits, -; default: default)
  --keep         down: keep the data, for the next \`up\`

Where they come from, each by itself: the URL in ELASTICSEARCH_URL or REDIS_URL; else Docker, if a daemon answers; else a
local process: redis-server, and Elasticsearch by Maven on a JDK of 21 or newer.

  ELASTICSEARCH_URL, REDIS_URL   use this server, and neither start nor stop one
  ATTUNE_SERVICES_HEAP           heap of Elasticsearch (512m)
  ATTUNE_SERVICES_JAVA_OPTIONS   more options of its Java, such as -XX:TieredStopAtLevel=1: it starts in half the time
  ATTUNE_SERVICES_DIR            data and output of all sets (attune-services-<uid> in the temporary folder)
  ATTUNE_SERVICES_CACHE          where Elasticsearch is unpacked (~/.cache/attune; of root /var/cache/attune)

Examples
  export $(npm run -s services:up)
  npm run services:up -- --name bench
  npm run services:down -- --name bench --keep
`;

const say = (line) => console.error(line);
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => interrupted.abort(name));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (interrupted.signal.aborted) {
    say('interrupted: nothing that this call started runs');
    process.exitCode = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[interrupted.signal.reason];
  } else {
    say(error instanceof Failure ? error.message : error.stack);
    process.exitCode = 1;
  }
}

async function main(args) {
  const { command, name, keep, help } = read(args);
  if (help) return print(HELP.trimEnd());
  if (command === 'up') return await printUp(name);
  if (command === 'down') return await printDown(name, keep);
  return await printStatus(name);
}

function read(args) {
  const options = {
    name: { type: 'string', default: 'default' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  };
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Failure(`${error.message}\nSee \`npm run services:up -- --help\`.`);
  }
  const { values, positionals } = parsed;
  const [command, ...rest] = positionals;
  if (!values.help && (rest.length > 0 || !['up', 'down', 'status'].includes(command))) {
    throw new Failure('Say one of: up, down, status. `--help` explains them.');
  }
  if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(values.name)) {
    throw new Failure(`--name ${values.name}: use lower-case letters, digits and -, at most 31.`);
  }
  if (values.keep && command !== 'down') throw new Failure('--keep is an option of down.');
  return { command, ...values };
}

function print(text) {
  console.log(text);
  return 0;
}

async function printUp(name) {
  const found = await up(name, { say, signal: interrupted.signal });
  for (const { service, version, way, problem } of found) {
    say(problem ?? `${service.title} ${version} is healthy (${way})`);
  }
  if (found.some(({ problem }) => problem !== undefined)) return 1;
  for (const { service, url } of found) console.log(`${service.variable}=${url}`);
  return 0;
}

async function printDown(name, keep) {
  const stopped = await down(name, { keep, say, signal: interrupted.signal });
  return print(stopped.length > 0 ? `stopped: ${stopped.join(', ')}` : 'nothing of this set runs');
}

async function printStatus(name) {
  const found = await status(name);
  for (const { service, url, version, way, about, problem } of found) {
    const how = about === undefined ? way : `${way}, ${about}`;
    print(problem ?? `${service.title} ${version} at ${url} (${how})`);
  }
  return found.some(({ problem }) => problem !== undefined) ? 3 : 0;
}
