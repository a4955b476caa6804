/** A part of a reply that says something, and the places of the items it says it of. */
export interface Clause {
  /** Without the places. */
  readonly text: string;
  /** Empty where it names no item: then it speaks of any of them. */
  readonly places: readonly number[];
}

const SENTENCE = /[^.!?。！？\n]+(?:\.(?=\d)[^.!?。！？\n]*)*[.!?。！？]*/gu;
const PLACE = /\[(\d{1,2})\]/g;
const JOINT = /[,;:，；：、]|\b(?:and|or|but|while|whereas)\b|而|和/giu;
/** What stands beside a place in a list of places: "both [1] and [2]". */
const IN_LIST = /\b(?:and|or|but|both|either|neither)\b|和|或/giu;
/** A sentence that goes on about what the one before named. */
const GOES_ON = /^\s*(?:it|its|it[’']s|(?:this|that)(?: one)?)\b|^\s*(?:它|这款|这件|该)/iu;

/** What a reply says of which items. Between two places a clause ends where words join: "[1] is red, and [2] is blue". */
export function clausesOf(reply: string): readonly Clause[] {
  const clauses: Clause[] = [];
  let before: readonly number[] = [];
  for (const [sentence] of reply.matchAll(SENTENCE)) {
    const own = clausesIn(sentence);
    const places = own.flatMap((clause) => clause.places);
    const goesOn = places.length === 0 && GOES_ON.test(sentence);
    clauses.push(...(goesOn ? own.map((clause) => ({ ...clause, places: before })) : own));
    if (!goesOn) before = places;
  }
  return clauses;
}

/** What is said at the end of a list of places is said of each: "[1], [2] and [3] are red". */
function clausesIn(sentence: string): readonly Clause[] {
  const parts = partsOf(sentence);
  const clauses: Clause[] = [];
  let listed: number[] = [];
  for (const [i, part] of parts.entries()) {
    const places = Array.from(part.matchAll(PLACE), ([, place]) => Number(place));
    const text = part.replace(PLACE, ' ');
    if (i < parts.length - 1 && !/\p{L}/u.test(text.replace(IN_LIST, ''))) {
      listed.push(...places);
      continue;
    }
    clauses.push(...listed.map((place) => ({ text, places: [place] })), { text, places });
    listed = [];
  }
  return clauses;
}

/** A sentence cut at the last joint between each two places. */
function partsOf(sentence: string): readonly string[] {
  const places = [...sentence.matchAll(PLACE)];
  const cuts = places.slice(1).flatMap(({ index: to }, i) => {
    const from = places[i]!.index + places[i]![0].length;
    const joint = [...sentence.slice(from, to).matchAll(JOINT)].at(-1);
    return joint === undefined ? [] : [from + joint.index];
  });
  return [0, ...cuts].map((from, i) => sentence.slice(from, cuts[i]));
}
