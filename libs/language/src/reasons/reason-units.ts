import { onFirstUse } from '../first-use.js';
import { nameTree, ordinaryTerms, rowsOf, termsOf } from '../grounding/lexicon.js';
import { PhraseTree } from '../grounding/phrase-tree.js';
import { tokensOf, type Token } from '../grounding/tokens.js';
import { CLAIM_WORDINGS, NO_CLAIMS } from './reason-claims.table.js';
import { REASON_PHRASES_ZH, REASON_WORDS } from './reason-words.table.js';

/** What is written as one: a word, a phrase, a name; of scripts without spaces, a stretch that the data have. */
export interface Unit {
  /** Its first token and how many it takes. */
  readonly at: number;
  readonly length: number;
  /** Says nothing of a thing: what sentences are made of, and claims, which are looked at by themselves. */
  readonly plain: boolean;
  /** The item's data have it. */
  readonly own: boolean;
  /** The data of its evidence have it. */
  readonly past: boolean;
  /** A whole title. */
  readonly named: boolean;
}

/** A text taken apart. */
export interface ReadText {
  readonly tokens: readonly Token[];
  readonly units: readonly Unit[];
}

/** What units are looked up in. */
export interface Sources {
  /** Texts, and the title by which it may be named. */
  readonly own: Source;
  readonly past: Source;
}
interface Source {
  readonly texts: readonly string[];
  readonly titles: readonly string[];
}

const phrases = onFirstUse(() => {
  const tree = new PhraseTree<true>();
  const tables = [...Object.values(CLAIM_WORDINGS), NO_CLAIMS, REASON_PHRASES_ZH.replaceAll(' ', ',')];
  for (const [wording] of tables.flatMap(rowsOf)) tree.add(termsOf(wording ?? ''), true);
  return tree;
});
const plainWords = onFirstUse((): ReadonlySet<string> => new Set(REASON_WORDS.split(' ').flatMap(termsOf)));

/** Words, and stretches of characters, that texts have. */
class Known {
  readonly words = new Set<string>();
  #characters = '';

  constructor(texts: readonly string[]) {
    for (const token of texts.flatMap((text) => [...tokensOf(text)])) {
      if (token.kind !== 'char') this.words.add(token.term);
      this.#characters += token.kind === 'char' ? (token.gap === 'none' ? token.term : `\n${token.term}`) : '\n';
    }
  }

  has(terms: readonly string[]): boolean {
    const [first = ''] = terms;
    return this.words.has(first) || (terms.length > 1 && this.#characters.includes(terms.join('')));
  }
}

/** Takes a text apart in time that grows with its length and that of the sources. */
export function readReason(text: string, { own, past }: Sources): ReadText {
  const tokens = tokensOf(text);
  const names = [own, past].map(({ titles }) => nameTree(titles));
  const known = [own, past].map(({ texts }) => new Known(texts));
  const units: Unit[] = [];
  for (let at = 0; at < tokens.length;) {
    const [ofOwn = 0, ofPast = 0] = names.map((tree) => nameLength(tokens, at, tree));
    const length = Math.max(ofOwn, ofPast);
    const next =
      length > 0
        ? [{ at, length, plain: false, own: ofOwn === length, past: ofPast === length, named: true }]
        : tokens[at]!.kind === 'char'
          ? stretchUnits(tokens, at, known)
          : [wordUnit(tokens, at, known)];
    units.push(...next);
    at = units.at(-1)!.at + units.at(-1)!.length;
  }
  return { tokens, units };
}

/** One word is a name only where it has a capital. */
function nameLength(tokens: readonly Token[], at: number, tree: PhraseTree<string>): number {
  const length = tree.longest(tokens, at)?.length ?? 0;
  return length > 1 || (length === 1 && (tokens[at]!.capital || tokens[at]!.kind === 'char')) ? length : 0;
}

function wordUnit(tokens: readonly Token[], at: number, [own, past]: readonly Known[]): Unit {
  const { kind, term } = tokens[at]!;
  const phrase = phrases().longest(tokens, at)?.length ?? 0;
  const length = Math.max(1, phrase);
  const isPlain = phrase > 0 || kind !== 'word' || ordinaryTerms().has(term) || plainWords().has(term);
  const ofData = { own: own!.has([term]), past: past!.has([term]) };
  return { at, length, plain: isPlain, ...ofData, named: false };
}

/** Characters without spaces, in the fewest parts that are plain or in the data; what cannot be parted so is one strange unit. */
function stretchUnits(tokens: readonly Token[], from: number, known: readonly Known[]): readonly Unit[] {
  let to = from + 1;
  while (tokens[to]?.kind === 'char' && tokens[to]!.gap === 'none') to++;
  const best: (Unit | undefined)[] = [];
  const parts = new Array<number>(to - from + 1).fill(Infinity);
  parts[to - from] = 0;
  for (let at = to - 1; at >= from; at--)
    for (const unit of unitsAt(tokens, at, to, known)) {
      const count = 1 + parts[at + unit.length - from]!;
      if (count < parts[at - from]!) [parts[at - from], best[at - from]] = [count, unit];
    }
  if (parts[0] === Infinity)
    return [{ at: from, length: to - from, plain: false, own: false, past: false, named: false }];
  const units: Unit[] = [];
  for (let at = from; at < to; at += units.at(-1)!.length) units.push(best[at - from]!);
  return units;
}

function unitsAt(tokens: readonly Token[], at: number, to: number, [own, past]: readonly Known[]): readonly Unit[] {
  const ofPhrases = phrases()
    .all(tokens, at)
    .filter(({ length }) => at + length <= to)
    .map(({ length }) => ({ at, length, plain: true, own: false, past: false, named: false }));
  const ofData: Unit[] = [];
  for (let length = 2; at + length <= to; length++) {
    const terms = tokens.slice(at, at + length).map(({ term }) => term);
    const unit = { at, length, plain: false, own: own!.has(terms), past: past!.has(terms), named: false };
    if (!unit.own && !unit.past) break;
    ofData.push(unit);
  }
  return [...ofPhrases, ...ofData];
}
