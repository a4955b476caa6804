/** Elastic's own minimal distribution of Elasticsearch: brought by Maven, checked, unpacked once into a cache. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  chmodSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { onPath } from './programs.mjs';

const run = promisify(execFile);

export const VERSION = '9.5.3';
/** Maven Central has no checksum file for it, so it is pinned here. */
const SHA256 = 'bec49f3b8d00e75c8d1cec85c35298635ec9fbd3ae80ef5aeb6bc05abdb3db2d';

/** Where distributions are kept; root's is outside its home, which the user that servers run as cannot enter. */
export function cacheFolder(env = process.env) {
  if (env.ATTUNE_SERVICES_CACHE) return resolve(env.ATTUNE_SERVICES_CACHE);
  return process.getuid?.() === 0 ? '/var/cache/attune' : join(homedir(), '.cache/attune');
}

/** Folder of the unpacked distribution, brought where it is missing; undefined where there is no Maven to bring it. */
export async function distribution(jdk, { say, signal }) {
  const cache = cacheFolder();
  const home = join(cache, `elasticsearch-${VERSION}`);
  if (existsSync(home)) return home;
  if (onPath('mvn') === undefined) return undefined;
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  await withLock(join(cache, 'download.lock'), { say, signal }, async () => {
    if (existsSync(home)) return;
    const draft = mkdtempSync(join(cache, 'draft-'));
    try {
      const zip = await download(draft, { say, signal });
      say('unpacking it…');
      await run(join(jdk, 'bin/jar'), ['xf', zip], { cwd: draft, signal });
      openToAll(join(draft, `elasticsearch-${VERSION}`));
      // In one step: what stands under the final name is whole.
      renameSync(join(draft, `elasticsearch-${VERSION}`), home);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  });
  return home;
}

async function download(folder, { say, signal }) {
  say(`bringing Elasticsearch ${VERSION} by Maven (132 MB, once)…`);
  const pom = join(import.meta.dirname, 'pom.xml');
  const settings = [`-Delasticsearch.version=${VERSION}`, `-Doutput=${folder}`];
  try {
    await run('mvn', ['-q', '-B', '-f', pom, ...settings, 'dependency:copy-dependencies'], { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new Failure(`Maven could not bring Elasticsearch ${VERSION}.\n${error.stdout}${error.stderr}`.trimEnd());
  }
  const zip = join(folder, `elasticsearch-${VERSION}.zip`);
  const digest = createHash('sha256');
  await pipeline(createReadStream(zip), digest);
  const found = digest.digest('hex');
  if (found === SHA256) return zip;
  throw new Failure(
    `What Maven brought is not the pinned Elasticsearch ${VERSION}: its SHA-256 is ${found}, not ${SHA256}. Remove org/elasticsearch/distribution from Maven's local repository and try again.`,
  );
}

/** `jar` keeps no permissions: programs become executable, and the user that servers run as may read everything. */
function openToAll(home) {
  chmodSync(home, 0o755);
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
    const program = entry.isDirectory() || entry.parentPath === join(home, 'bin');
    chmodSync(join(entry.parentPath, entry.name), program ? 0o755 : 0o644);
  }
  mkdirSync(join(home, 'plugins'), { recursive: true });
}
