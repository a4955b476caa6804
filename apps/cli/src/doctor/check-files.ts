import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { dirname, resolve } from 'node:path';
import type { Check, FoundOwner } from '@attune/server';

interface Looked {
  readonly dataDir: string;
  readonly variables: NodeJS.ProcessEnv;
}

const LEAST_FREE_BYTES = 1024 ** 3;
const GIB = 1024 ** 3;

const ok = (id: string, detail: string): Check => ({ id, status: 'ok', detail });
const problem = (id: string, detail: string, fix: string): Check => ({ id, status: 'problem', detail, fix });
const warning = (id: string, detail: string, fix: string): Check => ({ id, status: 'warning', detail, fix });

/** What can be told without a server: this Node, the configuration, the data folder, disk and port. */
export async function checkFiles({ dataDir, variables }: Looked): Promise<readonly Check[]> {
  const { checkConfiguration } = await import('@attune/server');
  const folder = resolve(dataDir);
  const permission = await checkPermission(folder);
  const owner = await checkOwner(folder);
  return [
    checkNode(process.versions.node),
    ...(await checkConfiguration({ ...variables, ATTUNE_DATA_DIR: dataDir })),
    permission,
    owner.check,
    await checkDisk(folder),
    ...(owner.served ? [] : [await checkPort(variables)]),
  ];
}

/** As `engines` of package.json has it. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return ok('node', `Node.js ${version}`);
  return problem(
    'node',
    `Node.js ${version} is too old: 20.19 is needed`,
    'install a newer one from https://nodejs.org',
  );
}

/** Whether the folder is there and may be written. */
async function checkPermission(folder: string): Promise<Check> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) return await checkParent(folder);
  if (!found.isDirectory()) return problem('folder', `${folder} is a file`, 'choose another --data-dir');
  return (await isWritable(folder))
    ? ok('folder', folder)
    : problem('folder', `${folder} may not be written by this user`, `sudo chown -R $(id -un) '${folder}'`);
}

async function checkParent(folder: string): Promise<Check> {
  const parent = dirname(folder);
  if (await isWritable(parent))
    return warning(
      'folder',
      `there is no data folder ${folder}`,
      'npm start (with a demo shop), or attune import items <file>',
    );
  return problem(
    'folder',
    `there is no data folder ${folder}, and none can be made in ${parent}`,
    'choose another --data-dir',
  );
}

const isWritable = (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );

interface OwnerCheck {
  readonly check: Check;
  /** Whether it answers: it has its port then. */
  readonly served: boolean;
}

async function checkOwner(folder: string): Promise<OwnerCheck> {
  try {
    const { findOwner } = await import('@attune/server');
    const owner = await findOwner(folder);
    const served = owner !== undefined && owner.alive && isListening(owner) && (await answers(owner.address));
    return { check: judgeOwner(folder, owner, served), served };
  } catch (error) {
    const fix = `if no Attune process uses the folder: rm '${lockOf(folder)}'`;
    return { check: problem('owner', (error as Error).message, fix), served: false };
  }
}

/** A dead owner's lock is taken over by the next start; an owner of another host cannot be judged, and counts as alive. */
function judgeOwner(folder: string, owner: FoundOwner | undefined, served: boolean): Check {
  if (owner === undefined) return ok('owner', 'nobody serves the folder');
  const who = `process ${owner.pid} on ${owner.host}`;
  if (served) return ok('owner', `served by ${who} at ${owner.address}`);
  if (!owner.alive)
    return warning('owner', `${who}, which no longer runs, left its lock`, 'npm start takes it over; nothing is lost');
  if (!isListening(owner))
    return problem(
      'owner',
      `locked: ${who} holds the folder and does not listen`,
      `wait for it, or stop it: kill ${owner.pid}`,
    );
  const fix = `stop it: kill ${owner.pid}; if it runs no more: rm '${lockOf(folder)}'`;
  return problem('owner', `locked: ${who} holds the folder, and nothing answers at ${owner.address}`, fix);
}

const lockOf = (folder: string): string => resolve(folder, 'owner.lock');
const isListening = ({ address }: FoundOwner): boolean => /^https?:/.test(address);

const ANSWER_MS = 5_000;
const answers = (address: string): Promise<boolean> =>
  fetch(new URL('/health/live', address), { signal: AbortSignal.timeout(ANSWER_MS) }).then(
    ({ ok: fine }) => fine,
    () => false,
  );

async function checkDisk(folder: string): Promise<Check> {
  const space = await statfs(folder).catch(() => statfs(dirname(folder)).catch(() => undefined));
  if (space === undefined) return warning('disk', 'the space on disk cannot be told', 'look with: df -h');
  return judgeSpace(space.bavail * space.bsize);
}

/** `free`: bytes this user may still write. */
export function judgeSpace(free: number): Check {
  const room = `${(free / GIB).toFixed(1)} GiB free`;
  if (free >= LEAST_FREE_BYTES) return ok('disk', room);
  return problem('disk', `the disk is nearly full: ${room}`, 'free some space, or move the folder with --data-dir');
}

/** Whether a server could listen where the environment says. */
async function checkPort(variables: NodeJS.ProcessEnv): Promise<Check> {
  const port = Number(variables['PORT'] || 3000);
  const server = createServer();
  try {
    await once(server.listen(port, variables['HOST'] || '127.0.0.1'), 'listening');
    return ok('port', `port ${port} is free`);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'is taken' : 'may not be used';
    return warning(
      'port',
      `port ${port} ${why}: npm start would not listen there`,
      `start with PORT=${port + 1} npm start`,
    );
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
