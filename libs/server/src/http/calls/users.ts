import { randomUUID } from 'node:crypto';
import { AttuneError, idSchema, mayProfile, type LoggedSlate, type User } from '@attune/sdk';
import type { z } from 'zod';
import { KIND as INTERESTS } from '../../interests/interests.record.js';
import type { TenantPlatform } from '../../platform/tenant-platform.js';
import { userBatch, type putUser, type UserExport, type UsersReceipt } from '../operations/users.operations.js';
import { InvalidRequest } from '../problems/invalid-request.js';
import { rowsIn } from '../rows/sent-rows.js';
import { takeRows } from '../rows/take-rows.js';
import { IDENTIFY } from './ingest-events.js';

/** Later than any event. */
const END_OF_TIME = Number.MAX_SAFE_INTEGER;

/** Checks and stores the rows of a body. */
export async function describeAll(body: unknown, tenant: TenantPlatform): Promise<UsersReceipt> {
  let accepted = 0;
  const refused = await takeRows(rowsIn(body, userBatch), {
    row: userBatch.row,
    async store(users) {
      await store(users, tenant);
      accepted += users.length;
    },
  });
  return { accepted, ...refused };
}

/** Throws InvalidRequest where the body names another user. */
export async function describeOne(
  id: string,
  description: z.output<(typeof putUser)['body']>,
  tenant: TenantPlatform,
): Promise<User> {
  if (description.id !== undefined && description.id !== id)
    throw refused('id', 'is not that of the path: leave it out', description.id);
  const user = { ...description, id: idOf('id', id) };
  await store([user], tenant);
  return user;
}

/** Stores users; what somebody searched for is no longer suggested once he withdrew his consent. */
async function store(users: readonly User[], { stores, lexicon }: TenantPlatform): Promise<void> {
  const before = await stores.users.get(users.map(({ id }) => id));
  const changed = users.filter((user, i) => mayProfile(user) !== mayProfile(before[i]));
  await stores.users.upsert(users);
  const userIds = changed.map(({ id }) => id);
  // Whoever withdraws consent is not profiled any more, in what is kept of it either.
  const withdrawn = changed.filter((user) => !mayProfile(user)).map(({ id }) => id);
  if (withdrawn.length > 0) await stores.records.delete(INTERESTS, withdrawn);
  await lexicon.consentChanged(userIds);
  if (userIds.length > 0) await stores.changes.publish({ kind: 'consent', userIds });
}

/** Throws USER_NOT_FOUND. */
export async function getOne(id: string, { stores }: TenantPlatform): Promise<User> {
  const user = await findOne(id, stores);
  if (user === undefined) throw notFound(id);
  return user;
}

async function findOne(id: string, { users, events }: TenantPlatform['stores']): Promise<User | undefined> {
  const [described] = await users.get([id]);
  if (described !== undefined) return described;
  return (await events.history({ userId: id }, END_OF_TIME)).size > 0 ? { id } : undefined;
}

/** Throws USER_NOT_FOUND where nothing that is kept names the user: no description, event, slate, record or job either. */
export async function refuseUnknown(id: string, { stores, jobs }: TenantPlatform): Promise<void> {
  if ((await findOne(id, stores)) !== undefined || (await stores.erasures.userIds()).includes(id)) return;
  if ((await stores.records.ofUser(id)).length > 0) return;
  if ((await slatesOf(id, stores)).length > 0 || (await jobs.names(id))) return;
  throw notFound(id);
}

/** Joins an anonymous id to a user; does nothing where they are joined. `now`: epoch ms. */
export async function identify(
  { id, anonymousId }: { readonly id: string; readonly anonymousId: string },
  now: number,
  { stores: { events } }: TenantPlatform,
): Promise<void> {
  const who = { userId: idOf('id', id), anonymousId: idOf('anonymousId', anonymousId) };
  if ((await events.usersOf([anonymousId], now))[0] === id) return;
  await events.append([{ id: `${IDENTIFY}-${randomUUID()}`, type: IDENTIFY, ...who, at: new Date(now).toISOString() }]);
}

/** Everything kept about a user. Throws USER_NOT_FOUND. */
export async function exportOne(id: string, { stores }: TenantPlatform): Promise<UserExport> {
  const slates = await slatesOf(id, stores);
  const found = await stores.records.ofUser(id);
  const user = (await findOne(id, stores)) ?? (slates.length + found.length > 0 ? { id } : undefined);
  if (user === undefined) throw notFound(id);
  const events = (await stores.events.eventsOf(id)).filter(({ type }) => type !== IDENTIFY);
  const anonymousIds = [...(await stores.events.anonymousIdsOf(id))];
  const records = found.map(({ kind, id: about, value }) => ({ kind, id: about, value }));
  return { user, events, anonymousIds, slates: slates.map((slate) => ({ ...slate })), records };
}

/** What a user was shown, also under his anonymous ids, oldest first. */
async function slatesOf(id: string, { events, slates }: TenantPlatform['stores']): Promise<readonly LoggedSlate[]> {
  const anonymousIds = new Set(await events.anonymousIdsOf(id));
  const shown: LoggedSlate[] = [];
  for await (const page of slates.scan())
    for (const slate of page) if (slate.userId === id || anonymousIds.has(slate.anonymousId ?? '')) shown.push(slate);
  return shown;
}

/** Has a user erased, and gives the job that does it. Throws USER_NOT_FOUND, NOT_DURABLE. */
export async function erase(id: string, tenant: TenantPlatform): Promise<{ readonly jobId: string }> {
  await refuseUnknown(id, tenant);
  await tenant.stores.erasures.add(id);
  return { jobId: await tenant.jobs.accept({ type: 'erase', userId: id }, undefined) };
}

const notFound = (id: string): AttuneError =>
  new AttuneError('USER_NOT_FOUND', `nothing is known of the user '${id.slice(0, 256)}'`);

/** An id of a path. Throws InvalidRequest. */
function idOf(name: string, text: string): string {
  const { error } = idSchema.safeParse(text);
  if (error === undefined) return text;
  throw refused(name, error.issues[0]?.message ?? 'is no id', text);
}

const refused = (name: string, message: string, input: unknown): InvalidRequest =>
  new InvalidRequest([{ code: 'custom', path: [name], message, input }]);
