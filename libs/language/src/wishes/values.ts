import { endsName, isWantedKind, namedAt, type Named } from './naming.js';
import { isListing, type Negations } from './negation.js';
import { isJoining, type Reading } from './reading.js';
import { hasTag, isPlain, saysHowMany } from './units.js';

/** A value at a place, wanted or not. */
interface Hit extends Named {
  readonly at: number;
  /** Place of what negates it. */
  readonly negator: number | undefined;
}

/**
 * Reads values of attributes, and names of categories and brands: members of a list on one path are one part.
 * @param more whether something else was read, so that a category is no search of its own
 */
export function readValues(reading: Reading, { of }: Negations, more: boolean): void {
  const hits = withoutSearch(reading, hitsOf(reading, of), more);
  for (let first = 0; first < hits.length;) {
    let end = first + 1;
    while (end < hits.length && areListed(reading, hits[end - 1]!, hits[end]!)) end++;
    take(reading, hits.slice(first, end), { before: hits[first - 1], after: hits[end] });
    first = end;
  }
}

function hitsOf(reading: Reading, negators: ReadonlyMap<number, number>): readonly Hit[] {
  const hits: Hit[] = [];
  for (const [at, unit] of reading.units.entries()) {
    if (unit.values.length === 0) continue;
    const negator = negators.get(at);
    const last = hits.at(-1);
    const listed = last?.explicit === true && isListedAfter(reading, last.at, at) ? last.path : undefined;
    const named = namedAt(reading, at, negator !== undefined, listed);
    if (named === undefined || at < (last?.to ?? 0) || isWithdrawn(reading, at, named)) continue;
    if (negator === undefined && !named.explicit) {
      if (named.path === 'categories' ? !isWantedKind(reading, at) : endsName(reading, at, named.path)) continue;
    }
    // In "red color blue" the field belongs to the first.
    hits.push({ ...named, from: Math.max(named.from, last?.to ?? 0), at, negator });
  }
  return hits;
}

/** "Not only red", "doesn't have to be red": the color may be another, unless "but blue" says which. */
function isWithdrawn(reading: Reading, at: number, { path }: Named): boolean {
  const lead = reading.past(at - 1, -1, (unit) => isJoining(unit) || hasTag(unit, 'skip'));
  const unit = reading.free(lead);
  const onlyOne =
    hasTag(unit, 'not-only') &&
    !reading.units.some((other, i) => i > at && other.values.some((value) => value.path === path));
  if (!onlyOne && !hasTag(unit, 'need-not')) return false;
  reading.removed.add(path);
  reading.use(lead, at + 1);
  return true;
}

/** A turn that is a category's name, and nothing more, is a search by it. */
function withoutSearch(reading: Reading, hits: readonly Hit[], more: boolean): readonly Hit[] {
  if (more || reading.mode === 'query') return hits;
  const isSearch = ({ path, negator, explicit }: Hit): boolean =>
    path === 'categories' && negator === undefined && !explicit;
  const says = reading.units.some(
    (unit, at) =>
      !reading.isUsed(at) && (isPlain(unit) || (unit.number !== undefined && !saysHowMany(reading.units, at))),
  );
  return !says && hits.every(isSearch) ? [] : hits;
}

/** Whether nothing but joining words and commas stands between two places, and at least one of them lists. */
function isListedAfter(reading: Reading, from: number, to: number): boolean {
  const between = reading.units.slice(from + 1, to);
  return between.some(isListing) && between.every((unit) => isJoining(unit) || isListing(unit));
}

function areListed(reading: Reading, one: Hit, other: Hit): boolean {
  if (one.path !== other.path || one.negator !== other.negator) return false;
  return other.at === one.at + 1 || isListedAfter(reading, one.to - 1, other.from);
}

/** The hits on both sides of those of a part. */
interface Neighbors {
  readonly before: Hit | undefined;
  readonly after: Hit | undefined;
}

function take(reading: Reading, hits: readonly Hit[], { before, after }: Neighbors): void {
  const [first] = hits;
  const last = hits.at(-1);
  if (first === undefined || last === undefined) return;
  const { negator, path } = first;
  // A negation belongs to the nearest part of those that it reaches.
  const leads = negator !== undefined && negator < first.at && before?.negator !== negator;
  const from = leads ? Math.min(negator, first.from) : first.from;
  const trails = negator !== undefined && negator > last.at && after?.negator !== negator;
  const to = trails ? negator + 1 : last.to;
  const values = [...new Set(hits.flatMap((hit) => hit.values))];
  reading.addPart(from, to, path, negator === undefined ? { $in: values } : { $nin: values });
  // A query ranks by the words of what it filters by, too.
  if (reading.mode === 'turn' || negator !== undefined || !path.startsWith('attributes.')) reading.use(from, to);
}
