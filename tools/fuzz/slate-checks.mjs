// What must hold of every slate: nothing twice, nothing excluded, no more than asked for, sums and orders that are right.
import { fits } from './filter.mjs';

const TOLERANCE = 1e-9;

/** Faults of a slate, or of each slate of a batch, answered to a request that was taken. */
export function slateFaults({ operation: { id }, value = {}, path }, json) {
  if (id === 'recommend') return faultsOfOne(value, json);
  if (id === 'search') return [...faultsOfOne(value, json), ...searchFaults(value, json)];
  if (id === 'similarItems') return faultsOfOne(similarRequest(path), json);
  if (id !== 'recommendBatch') return [];
  if (json.results.length !== value.requests.length) return ['a batch is answered by another number of slates'];
  return json.results.flatMap((one, i) => ('items' in one ? faultsOfOne(value.requests[i], one) : []));
}

/** `asked`: the request, defaults left out; of a next page only `{cursor, limit}`. */
function faultsOfOne(asked, slate) {
  const { items } = slate;
  const ids = items.map(({ id }) => id);
  const faults = [];
  if (new Set(ids).size < ids.length) faults.push('an item is shown twice');
  if (asked.cursor === undefined || asked.limit !== undefined) {
    const limit = asked.limit ?? 10;
    if (ids.length > limit) faults.push(`${ids.length} items where ${limit} were asked for`);
  }
  const first = items[0]?.rank ?? 1;
  if (asked.cursor === undefined && first !== 1) faults.push(`the first rank is ${first}`);
  // On a later page those that were deleted since leave gaps.
  const isNext = (rank, before) => (asked.cursor === undefined ? rank === before + 1 : rank > before);
  if (items.some(({ rank }, place) => place > 0 && !isNext(rank, items[place - 1].rank)))
    faults.push('ranks are not in sequence');
  const excluded = new Set(asked.exclude);
  if (ids.some((id) => excluded.has(id))) faults.push('an excluded item is shown');
  if (items.some(({ item }) => item?.available === false)) faults.push('an unavailable item is shown');
  if (items.some(({ id, item }) => item !== undefined && item.id !== id))
    faults.push('an item is not the one of its id');
  if (asked.filter !== undefined && items.some(({ item }) => item !== undefined && !fits(asked.filter, item)))
    faults.push('an item does not fit the filter');
  return [...faults, ...ledgerFaults(asked, slate), ...orderFaults(asked, slate)];
}

function ledgerFaults({ explain }, { items }) {
  const parted = items.filter(({ contributions }) => contributions !== undefined);
  if (explain === true && parted.length < items.length) return ['an item has no contributions'];
  const wrong = parted.find(({ score, contributions }) => {
    const sum = Object.values(contributions).reduce((total, part) => total + part, 0);
    return !(Math.abs(sum - score) <= TOLERANCE * Math.max(1, Math.abs(score)));
  });
  return wrong === undefined ? [] : [`the contributions of ${JSON.stringify(wrong.id)} are not its score`];
}

/** By score, where the trace says that nobody moved an item and no other order was asked for. */
function orderFaults({ sort }, { items, trace }) {
  if (trace === undefined || (sort !== undefined && sort !== 'relevance')) return [];
  const shown = new Map(trace.candidates.map((one) => [one.id, one]));
  if (items.some(({ id }) => !shown.has(id))) return ['an item shown is not in the trace'];
  const moved = trace.candidates.some(({ movedBy = [] }) => movedBy.length > 0);
  const wrong = items.some(({ score }, place) => place > 0 && score > items[place - 1].score);
  return wrong && !moved ? ['scores do not descend'] : [];
}

function searchFaults({ facets }, { total, items, facets: counted = [] }) {
  const faults = [];
  if (items.length > total) faults.push(`${items.length} items of ${total}`);
  const fields = counted.map(({ field }) => field);
  if (facets !== undefined && fields.join() !== [...new Set(facets)].join()) faults.push('other facets than asked for');
  for (const { field, values } of counted) {
    if (new Set(values.map(({ value }) => `${typeof value} ${value}`)).size < values.length)
      faults.push(`facet ${field} has a value twice`);
    if (values.some(({ count }) => count < 1 || count > total))
      faults.push(`facet ${field} counts more than there are`);
    const sum = values.reduce((all, { count }) => all + count, 0);
    if ((field === 'brand' || field === 'price') && sum > total)
      faults.push(`facet ${field} adds up to ${sum} of ${total}`);
  }
  return faults;
}

function similarRequest(path) {
  const query = new URLSearchParams(path.split('?')[1]);
  return {
    ...(query.has('limit') && { limit: Number(query.get('limit')) }),
    ...(query.has('filter') && { filter: JSON.parse(query.get('filter')) }),
  };
}
