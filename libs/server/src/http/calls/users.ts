import { randomUUID } from 'node:crypto';
import { AttuneError, idSchema, type LoggedSlate, type User } from '@attune/sdk';
import type { z } from 'zod';
import type { TenantPlatform } from '../../platform/tenant-platform.js';
import { userBatch, type putUser, type UserExport, type UsersReceipt } from '../operations/users.operations.js';
import { InvalidRequest } from '../problems/invalid-request.js';
import { rowsIn } from '../rows/sent-rows.js';
import { takeRows } from '../rows/take-rows.js';
import { IDENTIFY } from './ingest-events.js';

/** Later than any event. */
const END_OF_TIME = Number.MAX_SAFE_INTEGER;

/** Checks and stores the rows of a body. */
export async function describeAll(body: unknown, { stores }: TenantPlatform): Promise<UsersReceipt> {
  let accepted = 0;
  const refused = await takeRows(rowsIn(body, userBatch), {
    row: userBatch.row,
    async store(users) {
      await stores.users.upsert(users);
      accepted += users.length;
    },
  });
  return { accepted, ...refused };
}

/** Throws InvalidRequest where the body names another user. */
export async function describeOne(
  id: string,
  description: z.output<(typeof putUser)['body']>,
  { stores }: TenantPlatform,
): Promise<User> {
  if (description.id !== undefined && description.id !== id)
    throw refused('id', 'is not that of the path: leave it out', description.id);
  const user = { ...description, id: idOf('id', id) };
  await stores.users.upsert([user]);
  return user;
}

/** Throws USER_NOT_FOUND. */
export function getOne(id: string, { stores }: TenantPlatform): User {
  const user = stores.users.find(id);
  if (user !== undefined) return user;
  if (stores.events.history({ userId: id }, END_OF_TIME).size > 0) return { id };
  throw new AttuneError('USER_NOT_FOUND', `nothing is known of the user '${id.slice(0, 256)}'`);
}

/** Joins an anonymous id to a user; does nothing where they are joined. `now`: epoch ms. */
export async function identify(
  { id, anonymousId }: { readonly id: string; readonly anonymousId: string },
  now: number,
  { stores: { events } }: TenantPlatform,
): Promise<void> {
  const who = { userId: idOf('id', id), anonymousId: idOf('anonymousId', anonymousId) };
  if (events.userOf(anonymousId, now) === id) return;
  await events.append([{ id: `${IDENTIFY}-${randomUUID()}`, type: IDENTIFY, ...who, at: new Date(now).toISOString() }]);
}

/** Everything kept about a user. Throws USER_NOT_FOUND. */
export async function exportOne(id: string, tenant: TenantPlatform): Promise<UserExport> {
  const user = getOne(id, tenant);
  const { events, slates } = tenant.stores;
  const anonymousIds = [...events.anonymousIdsOf(id)];
  const visitors = new Set(anonymousIds);
  const shown: LoggedSlate[] = [];
  for await (const page of slates.scan()) {
    for (const slate of page) if (slate.userId === id || visitors.has(slate.anonymousId ?? '')) shown.push(slate);
  }
  const sent = (await events.eventsOf(id)).filter(({ type }) => type !== IDENTIFY);
  return { user, events: sent, anonymousIds, slates: shown.map((slate) => ({ ...slate })) };
}

/** Has a user erased, and gives the job that does it. Throws USER_NOT_FOUND, NOT_DURABLE. */
export async function erase(id: string, tenant: TenantPlatform): Promise<{ readonly jobId: string }> {
  getOne(id, tenant);
  await tenant.erasures.add(id);
  return { jobId: await tenant.jobs.accept({ type: 'erase', userId: id }, undefined) };
}

/** An id of a path. Throws InvalidRequest. */
function idOf(name: string, text: string): string {
  const { error } = idSchema.safeParse(text);
  if (error === undefined) return text;
  throw refused(name, error.issues[0]?.message ?? 'is no id', text);
}

const refused = (name: string, message: string, input: unknown): InvalidRequest =>
  new InvalidRequest([{ code: 'custom', path: [name], message, input }]);
