import { PortError, type HeldItems, type SearchIndex } from '@attune/sdk';

/** What of a search index slates and their plugins are handed. */
export type ServedItems = Pick<
  SearchIndex,
  'get' | 'gather' | 'held' | 'knn' | 'lexical' | 'score' | 'coverage' | 'allowed'
>;

/** The items as pipelines see them: `versions` has the version that stands for each space, by its name. */
export function versionedItems(items: ServedItems, versions: ReadonlyMap<string, string>): ServedItems {
  const versionOf = (space: string): string => {
    const version = versions.get(space);
    if (version !== undefined) return version;
    throw new PortError(
      'SPACE_UNKNOWN',
      `no embedder fills space '${space}', and no trainer of this name with index: true`,
    );
  };
  return {
    get: (ids) => items.get(ids),
    gather: async (space, ids) => await items.gather(versionOf(space), ids),
    knn: async (query, call) => await items.knn({ ...query, space: versionOf(query.space) }, call),
    lexical: (query, call) => items.lexical(query, call),
    score: (text, ids, call) => items.score(text, ids, call),
    coverage: (query, ids, call) => items.coverage(query, ids, call),
    allowed: (where, vocabulary) => items.allowed(where, vocabulary),
    ...(items.held && { held: heldOf(items.held, versionOf) }),
  };
}

const heldOf = (held: HeldItems, versionOf: (space: string) => string): HeldItems => ({
  documents: (ids) => held.documents(ids),
  vectors: async (space, ids) => await held.vectors(versionOf(space), ids),
});
