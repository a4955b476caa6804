import { mayProfile, NO_EVENTS, type EventColumns, type RequestNeed, type TenantStores, type User } from '@attune/sdk';
import type { EngineRequest } from './engine-request.js';

/** Who asks, as far as the pipeline's plugins want to know. */
export interface Person {
  /** Named, or joined to the anonymous id by then. */
  readonly userId: string | undefined;
  /** What was said about the user; undefined where nothing was. */
  readonly user: User | undefined;
  readonly history: EventColumns;
  readonly session: EventColumns;
  /** Why the history was not looked at; undefined where it was, or where nobody is named. */
  readonly unread?: 'NO_PROFILING' | 'PROFILE_UNAVAILABLE' | undefined;
}

const NOBODY: Person = { userId: undefined, user: undefined, history: NO_EVENTS, session: NO_EVENTS };

/**
 * Reads a request's person, once for all plugins: first who it is and whether he consents, and only then the past. Where
 * that cannot be told in time he is taken for somebody who does not consent.
 */
export async function personOf(
  asked: EngineRequest,
  stores: Pick<TenantStores, 'events' | 'users'>,
  needs: ReadonlySet<RequestNeed>,
): Promise<Person> {
  if (asked.userId === undefined && asked.anonymousId === undefined) return NOBODY;
  const userId = asked.userId ?? (await stores.events.usersOf([asked.anonymousId!], asked.now))[0];
  const [user] = userId === undefined ? [] : await stores.users.get([userId]);
  if (!mayProfile(user)) return { ...NOBODY, userId, user, unread: 'NO_PROFILING' };
  const [history, session] = await Promise.all([
    needs.has('history') ? stores.events.history(asked, asked.now) : NO_EVENTS,
    needs.has('session') ? stores.events.session(asked, asked.now) : NO_EVENTS,
  ]);
  return { userId, user, history, session };
}

/** The same where nothing could be read: only what the request itself says is known. */
export const unreadPerson = ({ userId }: EngineRequest): Person => ({
  ...NOBODY,
  userId,
  unread: 'PROFILE_UNAVAILABLE',
});
