/** Programs of this machine: where they are, and how one is installed. */
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from './failure.mjs';

const run = promisify(execFile);
/** Debian asks this program whether a package may start its server. */
const POLICY = '/usr/sbin/policy-rc.d';

/** Path of a program that `PATH` leads to; undefined where it leads to none. */
export function onPath(program) {
  const files = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
  return files.find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether packages can be installed here: this is root on Debian or a relative of it. */
export function canInstall() {
  return process.getuid?.() === 0 && onPath('apt-get') !== undefined;
}

/** Installs a Debian package, and keeps it from starting a server of its own. */
export async function install(name) {
  const closed = !existsSync(POLICY);
  if (closed) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    // The lists of packages may be missing or old: then once more with new ones.
    await installOnce(name).catch(async () => {
      await aptGet('update');
      await installOnce(name);
    });
  } catch (error) {
    throw new Failure(`apt-get could not install ${name}.\n${String(error.stderr).trimEnd()}`);
  } finally {
    if (closed) rmSync(POLICY);
  }
}

async function installOnce(name) {
  await aptGet('install', '--yes', '--no-install-recommends', name);
}

async function aptGet(...args) {
  await run('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}
