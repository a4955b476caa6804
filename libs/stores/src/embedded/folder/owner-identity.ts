import type { FolderOwner } from './folder-owner.js';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { randomBytes } from 'node:crypto';
import { systemCode } from './data-folder.error.js';

export async function describeOwner(pid: number, address: string, now: number): Promise<FolderOwner> {
  const bootId = await readBootId();
  const stat = await readProcess(pid);
  return {
    pid,
    address,
    startedAt: new Date(now).toISOString(),
    host: hostname(),
    ...(bootId === undefined ? {} : { bootId }),
    ...(stat === undefined ? {} : { processStart: stat.start }),
    nonce: randomBytes(6).toString('hex'),
  };
}

/** Reads a lock's text; undefined when it is not a lock of ours. */
export function parseOwner(text: string): FolderOwner | undefined {
  try {
    const value = JSON.parse(text) as Partial<FolderOwner> | null;
    const whole =
      typeof value?.pid === 'number' &&
      typeof value.address === 'string' &&
      typeof value.host === 'string' &&
      typeof value.nonce === 'string';
    return whole ? (value as FolderOwner) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the owner may still run. A process of another host cannot be seen from here, so it counts as alive; a
 * restarted container keeps its host name and its pid, and is told apart by the start of the process.
 */
export async function isAlive(owner: FolderOwner): Promise<boolean> {
  if (owner.host !== hostname()) return true;
  const bootId = await readBootId();
  if (owner.bootId !== undefined && bootId !== undefined && owner.bootId !== bootId) return false;
  const found = await readProcess(owner.pid);
  if (found === undefined) return answersSignals(owner.pid);
  if (found.state === 'Z' || found.state === 'X') return false;
  return owner.processStart === undefined || owner.processStart === found.start;
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

async function readBootId(): Promise<string | undefined> {
  const text = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined);
  return text?.trim();
}

/** State and start time from `/proc/<pid>/stat` (proc(5), fields 3 and 22); the name in field 2 may hold spaces. */
async function readProcess(pid: number): Promise<{ readonly state: string; readonly start: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const state = fields?.[0];
  const start = fields?.[19];
  return state === undefined || start === undefined ? undefined : { state, start };
}
