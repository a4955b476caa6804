/** Which of the JDKs of this machine Elasticsearch runs on. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const OLDEST_JDK = 21;

/** Home of the first JDK that is new enough: of `ES_JAVA_HOME`, `JAVA_HOME`, the usual folders and `PATH`. */
export async function findJdk(env = process.env) {
  return await chooseJdk(candidates(env), majorOf);
}

/** The first of `homes` whose major version, as `majorAt` tells it, is new enough; undefined where none is. */
export async function chooseJdk(homes, majorAt) {
  for (const home of homes) {
    const major = await majorAt(home);
    if (major !== undefined && major >= OLDEST_JDK) return home;
  }
  return undefined;
}

function candidates({ ES_JAVA_HOME, JAVA_HOME, PATH = '' }) {
  const named = [ES_JAVA_HOME, JAVA_HOME].filter((home) => home !== undefined && home !== '');
  const linux = foldersIn('/usr/lib/jvm');
  const mac = foldersIn('/Library/Java/JavaVirtualMachines').map((folder) => join(folder, 'Contents/Home'));
  const onPath = PATH.split(delimiter)
    .map((folder) => join(folder, 'java'))
    .filter((java) => existsSync(java))
    .map((java) => dirname(dirname(realpathSync(java))));
  return [...new Set([...named, ...linux, ...mac, ...onPath])];
}

function foldersIn(parent) {
  return existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : [];
}

/** Major version of the JDK at `home`; undefined for what is no JDK (`jar` tells it from a bare runtime). */
async function majorOf(home) {
  if (!existsSync(join(home, 'bin/jar'))) return undefined;
  const answer = await run(join(home, 'bin/java'), ['-version']).catch(() => undefined);
  return answer && majorIn(answer.stderr);
}

/** The major version in what `java -version` prints: `1.8.0_402` is 8, `25.0.1` is 25. */
export function majorIn(text) {
  const found = /version "(?:1\.)?(\d+)/.exec(text);
  return found ? Number(found[1]) : undefined;
}
