import {
  byArrival,
  inTime,
  type Entry,
  type JoinMark,
  type Mark,
  type SubjectRecord,
} from '../distributed/events/subject.js';

/** A field of a subject's hash: name, the time it belongs to (none: it always counts), and value. */
export interface HotField {
  readonly name: string;
  readonly at: number | undefined;
  readonly value: string;
}

/** Events are `e<arrival>`, joins `j<arrival>`, anonymous ids of a user `l<id>`. */
export function fieldOf(mark: Mark): HotField {
  if ('link' in mark) return { name: `l${mark.link}`, at: undefined, value: '' };
  if ('join' in mark) return joinField(mark.join);
  return entryField(mark.entry);
}

export function fieldsOf({ entries, joins, links }: SubjectRecord): readonly HotField[] {
  return [
    ...entries.map(entryField),
    ...joins.map(joinField),
    ...links.map((link): HotField => ({ name: `l${link}`, at: undefined, value: '' })),
  ];
}

/** `from` as it is stored; undefined for text that is none. */
export const textOfFrom = (from: number): string => (from === -Infinity ? '-' : String(from));
const fromOf = (text: string): number => (text === '-' ? -Infinity : Number(text));

/** The record in a hash; undefined where it was not filled yet. Throws where somebody else wrote into it. */
export function recordOf(hash: Readonly<Record<string, string>>): SubjectRecord | undefined {
  const from = hash['#from'];
  if (from === undefined) return undefined;
  const entries: Entry[] = [];
  const joins: JoinMark[] = [];
  const links: string[] = [];
  for (const [name, value] of Object.entries(hash)) {
    const rest = name.slice(1);
    if (name.startsWith('e')) entries.push(entryFrom(rest, value));
    else if (name.startsWith('l')) links.push(rest);
    else if (name.startsWith('j')) joins.push(joinFrom(rest, value));
  }
  return { entries: entries.sort(byArrival), joins: joins.sort(inTime), links, from: fromOf(from) };
}

function entryField({ arrival, at, type, items, value, sessionId }: Entry): HotField {
  return { name: `e${arrival}`, at, value: JSON.stringify([at, type, items, value ?? null, sessionId ?? null]) };
}

function joinField({ arrival, at, userId }: JoinMark): HotField {
  return { name: `j${arrival}`, at, value: JSON.stringify([at, userId]) };
}

/** Checked by hand: a history has thousands of these. */
function entryFrom(arrival: string, text: string): Entry {
  const [at, type, items, value, sessionId] = tupleOf(text);
  if (typeof at !== 'number' || typeof type !== 'string' || !Array.isArray(items)) throw foreign(text);
  return {
    arrival,
    at,
    type,
    items: items.map(String),
    value: typeof value === 'number' ? value : undefined,
    sessionId: typeof sessionId === 'string' ? sessionId : undefined,
  };
}

function joinFrom(arrival: string, text: string): JoinMark {
  const [at, userId] = tupleOf(text);
  if (typeof at !== 'number' || typeof userId !== 'string') throw foreign(text);
  return { arrival, at, userId };
}

function tupleOf(text: string): readonly unknown[] {
  const tuple: unknown = JSON.parse(text);
  if (!Array.isArray(tuple)) throw foreign(text);
  return tuple;
}

const foreign = (text: string): TypeError => new TypeError(`a history in Redis holds what is no event: ${text}`);
