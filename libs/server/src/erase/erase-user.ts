import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TenantPlatform } from '../platform/tenant-platform.js';

export const eraseReceiptSchema = z
  .strictObject({
    subject: z.string().describe('SHA-256 of the user’s id, hexadecimal: the receipt itself must not name him.'),
    users: z.int().describe('Descriptions removed: 0 or 1.'),
    events: z.int().describe('Events removed from the log, those of his anonymous ids among them.'),
    anonymousIds: z.int().describe('Anonymous ids that were his.'),
    slates: z.int().describe('Slates removed from the slate log.'),
    llmCalls: z.int().describe('Calls of a language model removed from their log.'),
    records: z
      .int()
      .describe(
        'Records of the server’s own about him removed: what he likes, what awaits review, what he was offered.',
      ),
    jobs: z.int().describe('Jobs waiting or under way whose request named him, and no longer does.'),
    results: z.int().describe('Rows of job results removed.'),
    caches: z.int().describe('Entries of caches dropped: frozen slates, past queries.'),
  })
  .meta({ id: 'EraseReceipt' });
export type EraseReceipt = z.output<typeof eraseReceiptSchema>;

/** SHA-256 of an id, hexadecimal. */
export const subjectOf = (userId: string): string => createHash('sha256').update(userId).digest('hex');

/**
 * Erases a user and his anonymous ids from every store and everything made of them. Each step may be done twice: one
 * that was cut short is finished by calling this again, and a server does so for `erasures.userIds()`.
 *
 * @throws What a store throws: the erasure stays pending.
 */
export async function eraseUser(
  { stores, forgets = [] }: Pick<TenantPlatform, 'stores' | 'forgets'>,
  userId: string,
): Promise<EraseReceipt> {
  // Written down first: once the events are gone nobody knows any more which visitors the user was.
  const person = await stores.erasures.add(userId, await stores.events.anonymousIdsOf(userId));
  const users = await stores.users.delete([userId]);
  const { events, anonymousIds } = await stores.events.erase(userId);
  const who = { userIds: [userId], anonymousIds: [...new Set([...person.anonymousIds, ...anonymousIds])] };
  const dropped = { jobs: 0, results: 0, caches: 0 };
  // What is made of events comes after them, or it would be made again; before the slate log: a frozen slate writes to it.
  for (const trace of forgets) dropped[trace.place] += await trace.forget(who);
  await stores.changes.publish({ kind: 'forgotten', ...who });
  const slates = await stores.slates.erase(who);
  const llmCalls = await stores.llmCalls.erase(who);
  const records = await stores.records.erase([userId]);
  await stores.erasures.finish(person);
  return {
    subject: subjectOf(userId),
    users,
    events,
    anonymousIds: who.anonymousIds.length,
    slates,
    llmCalls,
    records,
    ...dropped,
  };
}
