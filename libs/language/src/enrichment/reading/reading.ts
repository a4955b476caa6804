import { tokensOf, type Token } from '../../grounding/tokens.js';
import { JEWELRY, TASTES_AND_SCENTS } from '../words/context.table.js';
import { SERVED, VESSELS } from '../words/names.table.js';
import { measureAt } from './measures.js';
import { senses, type Concept, type ReadAttribute, type Senses, type SenseKind } from './senses.js';

/** Words that may say a value, by the tokens they take. */
export interface Mention {
  readonly attribute: ReadAttribute;
  /** Of a measure there is no concept, but its canonical form. */
  readonly concept: Concept | undefined;
  readonly measure: string | undefined;
  readonly kind: SenseKind;
  readonly sure: number;
  readonly at: number;
  /** The token behind it. */
  readonly end: number;
}

/** A text with the words in it that may say values. */
export interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** In the order of the text; those of one place follow each other. */
  readonly mentions: readonly Mention[];
  /** Tokens that a mention takes. */
  readonly covered: ReadonlySet<number>;
  /** Whether it speaks of what is eaten or smelled, and of jewelry or cutlery. */
  readonly tastes: boolean;
  readonly jewelry: boolean;
}

/** What else is known of the item, and helps to understand its texts. */
export interface About {
  /** Its words are a name in the text. */
  readonly brand?: string | undefined;
  /** Tell whether "orange" may be a taste, or "silver" a material. */
  readonly categories?: readonly string[] | undefined;
}

/** Reads what a text may say of colors, sizes and materials, names left out. Linear time. */
export function readingOf(text: string, { brand = '', categories = [] }: About = {}): Reading {
  const tokens = tokensOf(text);
  const mentions = [...mentionsOf(text, tokens, brandTokens(tokens, brand))];
  const all = [...tokens, ...tokensOf(categories.join(', '))];
  return {
    text,
    tokens,
    mentions,
    covered: new Set(mentions.flatMap((mention) => range(mention.at, mention.end))),
    tastes: all.some(({ term }) => TASTES_AND_SCENTS.has(term)),
    jewelry: all.some(({ term }) => JEWELRY.has(term)),
  };
}

function* mentionsOf(text: string, tokens: readonly Token[], branded: ReadonlySet<number>): Generator<Mention> {
  let at = 0;
  while (at < tokens.length) {
    const measure = measureAt(text, tokens, at);
    const phrase = measure === undefined ? phraseAt(tokens, at) : undefined;
    const end = measure?.end ?? at + (phrase?.length ?? 1);
    if (measure !== undefined)
      yield { attribute: 'size', concept: undefined, measure: measure.value, kind: 'plain', sure: OF_MEASURE, at, end };
    for (const { concept, kind, sure } of branded.has(at) ? [] : (phrase?.value ?? []))
      yield {
        attribute: concept.attribute,
        concept,
        measure: undefined,
        kind,
        sure: isPlural(tokens[end - 1]!) ? Math.min(sure, OF_PLURAL) : sure,
        at,
        end,
      };
    at = end;
  }
}

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** The longest phrase that begins at a token, unless it names a dish ("cream cake") and a vessel follows ("stand"). */
function phraseAt(
  tokens: readonly Token[],
  at: number,
): { readonly value: Senses; readonly length: number } | undefined {
  return senses()
    .all(tokens, at)
    .findLast(({ value, length }) => {
      const last = tokens[at + length - 1]!;
      const next = tokens[at + length];
      if (value.length === 0)
        return !(SERVED.has(last.term) && next?.gap !== 'clause' && VESSELS.has(next?.term ?? ''));
      // "In shorts", "roses", "glasses": things, no colors, sizes or materials.
      return (
        (!isPlural(last) || value.some(({ concept }) => PLURALS.has(concept.id))) &&
        (last.kind !== 'char' || isUnbroken(tokens, at, length))
      );
    });
}

/** Colors of several things, "shimmering pinks"; whites are washed, greens eaten, blues sung. */
const PLURALS: ReadonlySet<string> = new Set(['red', 'pink', 'purple', 'yellow']);
const OF_PLURAL = 0.6;
const OF_MEASURE = 0.92;

function isPlural(token: Token): boolean {
  return token.kind === 'word' && token.to - token.from > token.term.length;
}

/** Chinese words have no spaces in them: 大 红色 is large, red. */
function isUnbroken(tokens: readonly Token[], at: number, length: number): boolean {
  for (let i = at + 1; i < at + length; i++) if (tokens[i]!.gap !== 'none') return false;
  return true;
}

/** Where the brand is named: of a brand of one word the first time only, "Orange amplifier, orange". */
function brandTokens(tokens: readonly Token[], brand: string): ReadonlySet<number> {
  const terms = tokensOf(brand).map(({ term }) => term);
  const named = new Set<number>();
  if (terms.length === 0) return named;
  for (let at = 0; at + terms.length <= tokens.length; at++) {
    if (terms.some((term, i) => tokens[at + i]!.term !== term)) continue;
    for (let i = 0; i < terms.length; i++) named.add(at + i);
    if (terms.length === 1) break;
  }
  return named;
}

/** Whether nothing of its clause follows. */
export function endsClause({ tokens }: Reading, { end }: { readonly end: number }): boolean {
  const next = tokens[end];
  return next === undefined || next.gap === 'clause';
}
