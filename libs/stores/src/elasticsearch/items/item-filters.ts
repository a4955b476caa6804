import { AttuneError, type Predicate } from '@attune/sdk';
import { splitPredicate } from '../../embedded/items/predicate-split.js';
import { every, idsQuery, isIndexed, not, queryOf, type Query } from './predicate.query.js';

/** Filters as queries, exact whatever they read. */
export class ItemFilters {
  /** `idsOf`: ids of the items that pass all conditions; undefined where they are too many. */
  constructor(private readonly idsOf: (conditions: readonly Predicate[]) => Promise<ReadonlySet<string> | undefined>) {}

  /**
   * What the index does not hold, such as `description`, becomes the ids of the items that pass.
   *
   * @throws AttuneError `FIELD_NOT_FILTERABLE` where those are too many.
   */
  async queryOf(where: Predicate | undefined): Promise<Query | undefined> {
    if (where === undefined) return undefined;
    const { shared, excludedIds } = splitPredicate(where);
    const queries = shared.filter(isIndexed).map(queryOf);
    const rest = shared.filter((each) => !isIndexed(each));
    if (rest.length > 0) queries.push(idsQuery(await this.idsPassing(rest)));
    if (excludedIds.length > 0) queries.push(not(idsQuery(excludedIds)));
    return every(queries);
  }

  private async idsPassing(conditions: readonly Predicate[]): Promise<ReadonlySet<string>> {
    const ids = await this.idsOf(conditions);
    if (ids !== undefined) return ids;
    const filter = JSON.stringify(conditions).slice(0, 100);
    throw new AttuneError(
      'FIELD_NOT_FILTERABLE',
      `too many items pass ${filter}: filter on attributes or other fields`,
    );
  }
}
