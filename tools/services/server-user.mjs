/** The user that local servers run as, and what of the file system it can reach. */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure } from './failure.mjs';

const run = promisify(execFile);

/** Who servers run as: `nobody` where this is root, which Elasticsearch refuses to run as; else who runs this. */
export async function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(['-u', '-g'].map((of) => run('id', [of, 'nobody']).catch(() => undefined)));
  if (uid === undefined || gid === undefined) {
    throw new Failure('This is root, and there is no user `nobody` to run servers as: run it as an ordinary user.');
  }
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Gives a folder with all in it to the user that a server runs as. */
export async function handOver(folder, user) {
  if (user.uid !== undefined) await run('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
  assertReadable(folder, user, 'ATTUNE_SERVICES_DIR');
}

/** Throws where a folder of those that `variable` sets cannot be read by the user that a server runs as. */
export function assertReadable(folder, user, variable) {
  if (spawnSync('test', ['-r', folder], user).status === 0) return;
  throw new Failure(
    `Servers run as \`nobody\`, who cannot read ${folder}: set ${variable} to a folder that everyone can reach.`,
  );
}
