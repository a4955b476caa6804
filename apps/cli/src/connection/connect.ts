import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FoundOwner } from '@attune/server';
import { CommandError, UsageError } from '../exit-code.js';
import { ApiClient } from './api.client.js';
import type { Connection, ConnectOptions } from './connection.js';
import { openOwnServer } from './own-server.js';

const OWNER_STARTS_MS = 120_000;
const POLL_MS = 200;

/** Finds who serves the data folder; where nobody does, serves it in this process for the time of the command. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  if (options.url !== undefined) return to(checkedUrl(options.url), options);
  const owner = await listeningOwner(options);
  if (owner !== undefined) return to(owner.address, options);
  if (!options.mayCreate && !existsSync(options.dataDir)) throw noFolder(options.dataDir);
  options.note(`nobody serves ${options.dataDir}: opening it for this command…`);
  return await openOwnServer(options);
}

const to = (url: string, { key }: ConnectOptions): Connection => ({
  client: new ApiClient(url, key),
  own: false,
  close: () => Promise.resolve(),
});

function checkedUrl(url: string): string {
  if (/^https?:\/\/./.test(url) && URL.canParse(url)) return url;
  throw new UsageError(`'${url}' is no address of a server`, 'Write it like http://127.0.0.1:3000.');
}

/** The owner once it has an address; undefined where the folder is free. */
async function listeningOwner({ dataDir, signal, note }: ConnectOptions): Promise<FoundOwner | undefined> {
  const { findOwner } = await import('@attune/server');
  const end = Date.now() + OWNER_STARTS_MS;
  for (let told = false; ; told = true) {
    const owner = await findOwner(dataDir);
    if (owner === undefined || !owner.alive) return undefined;
    if (/^https?:/.test(owner.address)) return owner;
    if (Date.now() > end) throw silent(dataDir, owner);
    if (!told) note(`process ${owner.pid} is opening ${dataDir}: waiting until it listens…`);
    await wait(POLL_MS, undefined, { signal });
  }
}

const silent = (dataDir: string, { pid, host }: FoundOwner): CommandError =>
  new CommandError(
    `process ${pid} on ${host} holds ${resolve(dataDir)} and does not listen`,
    'Wait for it or stop it, or name a server with --url.',
  );

const noFolder = (dataDir: string): CommandError =>
  new CommandError(
    `there is no data folder ${resolve(dataDir)}`,
    'Make one with npm start (with a demo shop) or attune import, or name another with --data-dir or --url.',
  );
