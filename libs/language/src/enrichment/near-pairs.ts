/** A title by its words in alphabetical order; only those of one block can be near. */
export interface ComparedTitle {
  readonly words: readonly string[];
  readonly block: string;
}

/** Letter triples that two titles must share, of those that either has. */
const LEAST_SHARED = 0.9;
/** Words shorter than this differ in meaning by a letter: "cat", "car". */
const LONGEST_SHORT = 4;
const MOST_EDITS = 2;
/** Titles that one is compared with, those that share its rarest triples first. */
const MOST_COMPARED = 64;

/**
 * Pairs of titles that differ in typing errors only, each later one with the first it is near to; what is near to a later
 * one alone is not its group's, so that errors do not add up. Titles of few letters are never near.
 */
export function nearPairs(titles: readonly ComparedTitle[]): readonly (readonly [first: number, second: number])[] {
  const blocks = new Map<string, number[]>();
  for (const [i, { block }] of titles.entries()) {
    const members = blocks.get(block);
    if (members === undefined) blocks.set(block, [i]);
    else members.push(i);
  }
  return [...blocks.values()]
    .filter((members) => members.length > 1)
    .flatMap((members) => pairsOfBlock(titles, members));
}

function pairsOfBlock(
  titles: readonly ComparedTitle[],
  members: readonly number[],
): readonly (readonly [number, number])[] {
  const triples = new Map(members.map((member) => [member, triplesOf(titles[member]!.words)]));
  const counts = new Map<string, number>();
  for (const set of triples.values()) for (const triple of set) counts.set(triple, (counts.get(triple) ?? 0) + 1);
  const rarest = (a: string, b: string): number => counts.get(a)! - counts.get(b)! || (a < b ? -1 : 1);
  const heads = new Map<string, number[]>();
  const pairs: (readonly [number, number])[] = [];
  for (const member of members) {
    const own = triples.get(member)!;
    // Sets that share nine tenths share one of the rarest tenth and one more: others need not be compared.
    const head = [...own].sort(rarest).slice(0, own.size - Math.ceil(LEAST_SHARED * own.size) + 1);
    const candidates = new Set(head.flatMap((triple) => heads.get(triple) ?? []));
    const near = [...candidates]
      .slice(0, MOST_COMPARED)
      .sort((a, b) => a - b)
      .find(
        (other) =>
          sharedShare(own, triples.get(other)!) >= LEAST_SHARED &&
          onlyTypos(titles[other]!.words, titles[member]!.words),
      );
    if (near !== undefined) pairs.push([near, member]);
    else addTo(heads, head, member);
  }
  return pairs;
}

function addTo(heads: Map<string, number[]>, head: readonly string[], member: number): void {
  for (const triple of head) {
    const members = heads.get(triple) ?? [];
    if (members.length < MOST_COMPARED) members.push(member);
    heads.set(triple, members);
  }
}

function triplesOf(words: readonly string[]): ReadonlySet<string> {
  const triples = new Set<string>();
  for (const word of words) {
    const padded = ` ${word} `;
    for (let i = 0; i + 3 <= padded.length; i++) triples.add(padded.slice(i, i + 3));
  }
  return triples;
}

function sharedShare(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const triple of a) if (b.has(triple)) shared++;
  return shared / (a.size + b.size - shared);
}

/** Whether the words that one alone has are those of the other, mistyped. */
function onlyTypos(a: readonly string[], b: readonly string[]): boolean {
  const [onlyA, onlyB] = [without(a, b), without(b, a)];
  return onlyA.length === onlyB.length && onlyA.every((word, i) => isTypo(word, onlyB[i]!));
}

/** Words of a list that another lacks, repeats counted. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const word of other) left.set(word, (left.get(word) ?? 0) + 1);
  return list.filter((word) => {
    const count = left.get(word) ?? 0;
    if (count > 0) left.set(word, count - 1);
    return count === 0;
  });
}

function isTypo(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) <= LONGEST_SHORT || Math.abs(a.length - b.length) > MOST_EDITS) return false;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]! <= MOST_EDITS;
}
