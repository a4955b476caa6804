import type { EventStore, Item, SearchIndex, User, UserStore } from '@attune/sdk';

/** Short forms of what the contracts ask of stores; what may lag behind is refreshed first. */

/** Every page of a reading, joined. */
export async function joined<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

export async function findUser(store: UserStore, id: string): Promise<User | undefined> {
  return (await store.get([id]))[0];
}

export async function userOf(store: EventStore, anonymousId: string, at: number): Promise<string | undefined> {
  return (await store.usersOf([anonymousId], at))[0];
}

/** Sorted: stores give them in any order. */
export async function knownUsers(store: EventStore): Promise<readonly string[]> {
  await store.refresh();
  return [...(await joined(store.userIds()))].sort();
}

export async function eventCount(store: EventStore): Promise<number> {
  await store.refresh();
  return await store.size();
}

/** Items without a vector, sorted; counted and listed alike. */
export async function missing(index: SearchIndex, space: string): Promise<readonly string[]> {
  await index.refresh();
  const ids = [...(await joined(index.withoutVector(space)))].sort();
  if ((await index.countWithoutVector(space)) !== ids.length)
    throw new Error(`${ids.length} listed, counted otherwise`);
  return ids;
}

/** Puts vectors beside items as they are now; an id that is not there stands for an item that went. */
export async function putVectors(
  index: SearchIndex,
  space: string,
  ids: readonly string[],
  vectors: Float32Array,
): Promise<number> {
  const items = await index.get(ids);
  const made = ids.map((id, i): Item => items[i] ?? { id, title: id });
  return await index.setVectors(space, made, vectors);
}

const LAGGING = new Set<PropertyKey>([
  'size',
  'version',
  'knn',
  'lexical',
  'score',
  'coverage',
  'allowed',
  'someUser',
  'vectorsOfTexts',
  'window',
]);

/** The same store, refreshed before each reading that may lag behind. */
export function refreshed<T extends Pick<SearchIndex, 'refresh'>>(store: T): T {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      const method = member.bind(target) as (...given: readonly unknown[]) => unknown;
      return !LAGGING.has(name)
        ? method
        : (...given: readonly unknown[]) => target.refresh().then(() => method(...given));
    },
  });
}
