import { analyze } from '@attune/text';
import { isHanNumeral } from './numbers.js';

const HAN = /\p{Script=Han}/u;
/** No word of the tables, and few names of a catalogue, have more characters. */
const LONGEST_WORD = 16;
/** What a piece of a run costs; the cheapest way through is taken. A known word is better than one of the dictionary. */
const COST = {
  name: 0,
  number: 0.3,
  numeral: 0.5,
  known: 0.4,
  knownCharacter: 0.55,
  segment: 1,
  character: 1.5,
} as const;
/** Particles, which end a word wherever they stand. */
const PARTICLES: ReadonlySet<string> = new Set('的了吗呢吧');

/**
 * Cuts text that has no spaces between words: where the platform's segmenter does, unless words that are known here fit
 * better. So 都可以 gives up 都, which the segmenter would keep, and 不锈钢 does not give up 不.
 */
export class HanWords {
  readonly #costs = new Map<string, number>();

  /** Makes a word known; a `name` is kept whole at any price: 红酒杯 is a glass for 红酒. */
  add(word: string, isName = false): void {
    const length = Array.from(word).length;
    if (length > LONGEST_WORD) return;
    const known = length > 1 || PARTICLES.has(word) ? COST.known : COST.knownCharacter;
    this.#costs.set(word, isName ? COST.name : Math.min(known, this.#costs.get(word) ?? known));
  }

  /** Pieces of a folded run, in order; joined, they are the run. Linear time. */
  cut(run: string): readonly string[] {
    const chars = Array.from(run);
    const segments = segmentEnds(run, chars);
    const cost = new Float64Array(chars.length + 1).fill(Infinity);
    const cameFrom = new Uint32Array(chars.length + 1);
    cost[0] = 0;
    for (let from = 0; from < chars.length; from++) {
      const offer = (to: number, price: number): void => {
        if (cost[from]! + price >= cost[to]!) return;
        cost[to] = cost[from]! + price;
        cameFrom[to] = from;
      };
      offer(from + 1, COST.character);
      const segment = segments.get(from);
      if (segment !== undefined) offer(segment, COST.segment);
      if (isHanNumeral(chars[from]!)) {
        const end = numberEnd(chars, from);
        offer(end, end > from + 1 ? COST.number : COST.numeral);
      }
      this.#offerKnown(chars, from, offer);
    }
    return pathTo(chars, cameFrom);
  }

  #offerKnown(chars: readonly string[], from: number, offer: (to: number, price: number) => void): void {
    let word = '';
    for (let to = from + 1; to <= Math.min(chars.length, from + LONGEST_WORD); to++) {
      word += chars[to - 1]!;
      const cost = this.#costs.get(word);
      if (cost !== undefined) offer(to, cost);
    }
  }
}

/** Where the segmenter's words begin and end: their ends by their beginnings. */
function segmentEnds(run: string, chars: readonly string[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const tokens = analyze(run);
  let at = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = Array.from(tokens[i]!);
    if (token.some((char, offset) => chars[at + offset] !== char)) return ends;
    ends.set(at, at + token.length);
    at += token.length;
    // The analyzer lists the Chinese characters of a longer word after it.
    if (token.length > 1) i += token.filter((char) => HAN.test(char)).length;
  }
  return ends;
}

function numberEnd(chars: readonly string[], from: number): number {
  let to = from + 1;
  // Only from its beginning, so that a number is walked once.
  if (from > 0 && isHanNumeral(chars[from - 1]!)) return to;
  while (to < chars.length && isHanNumeral(chars[to]!)) to++;
  return to;
}

function pathTo(chars: readonly string[], cameFrom: Uint32Array): readonly string[] {
  const pieces: string[] = [];
  for (let to = chars.length; to > 0; to = cameFrom[to]!) pieces.push(chars.slice(cameFrom[to], to).join(''));
  return pieces.reverse();
}
