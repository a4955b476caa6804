import { amountsIn, type Amount } from './amounts.js';
import { saidIn } from './concepts.js';
import { vouchedBy, type Evidence, type Vouched } from './evidence.js';
import { lexiconOf, type GroundingFacts, type Group } from './lexicon.js';
import { foreignNames, sayableTokens, type Named } from './names.js';
import { foreignParts } from './parts.js';
import { tokensOf, type Token } from './tokens.js';

/** Something a text says that its evidence does not. */
export interface Invention {
  /**
   * `number`: one without a unit, or a code with digits ("A4"). `measure`: a number with its unit. `value`: a known color,
   * material, size, country, whom it is for, or other value of an attribute. `claim`: what a shop must answer for.
   * `name`: of another product or brand.
   */
  readonly kind: 'number' | 'measure' | 'value' | 'name' | 'claim';
  /** As the text has it. */
  readonly text: string;
  /** Where: UTF-16 units, the end excluded. */
  readonly span: readonly [number, number];
}

const KIND_OF_GROUP: Readonly<Record<Group, Invention['kind']>> = {
  color: 'value',
  material: 'value',
  country: 'value',
  other: 'value',
  brand: 'name',
  claim: 'claim',
  plain: 'value',
};

/**
 * What a text says that its evidence does not; empty: it may be shown. English and Chinese. What is doubtful is an invention:
 * another unit (300 ml for 0.3 l), a broader word (wood for oak), a denial of what the evidence says. What no table, catalogue
 * or capital gives away ("charming", or that a lamp goes well with a sofa) passes. Time grows with the length of text and
 * evidence; facts are read once for each object.
 */
export function inventionsIn(text: string, evidence: Evidence, facts: GroundingFacts): readonly Invention[] {
  const lexicon = lexiconOf(facts);
  const vouched = vouchedBy(evidence, lexicon);
  const tokens = tokensOf(text);
  const covered = sayableTokens(text, tokens, vouched);
  const found = [
    ...inventedNumbers(tokens, vouched),
    ...saidIn(tokens, lexicon)
      .filter(({ concept }) => !vouched.concepts.has(concept))
      .map(({ group, ...place }) => ({ kind: KIND_OF_GROUP[group], ...place })),
    ...foreignParts(tokens, vouched).map((place) => ({ kind: 'value' as const, ...place })),
    ...foreignNames(text, tokens, covered, { vouched, lexicon }).map((place) => ({ kind: 'name' as const, ...place })),
  ];
  const told = found.filter(({ at, length }) => !covered.slice(at, at + length).every(Boolean));
  return distinct(
    told.map(({ kind, at, length }) => {
      const span = [tokens[at]!.from, tokens[at + length - 1]!.to] as const;
      return { kind, text: text.slice(...span), span };
    }),
  );
}

interface Found extends Named {
  readonly kind: Invention['kind'];
}

/** Amounts, and words with digits ("A4", "mp3"). */
function inventedNumbers(tokens: readonly Token[], vouched: Vouched): readonly Found[] {
  const amounts = amountsIn(tokens);
  const inAmount = new Set(amounts.flatMap(({ at, length }) => Array.from({ length }, (_, i) => at + i)));
  const isCode = ({ kind, term }: Token, at: number): boolean =>
    kind === 'word' && /\d/.test(term) && !inAmount.has(at) && !vouched.words.has(term);
  return [
    ...amounts
      .filter((amount) => !isVouched(amount, vouched))
      .map(
        ({ units, at, length }) =>
          ({ kind: units.every((unit) => unit === '') ? 'number' : 'measure', at, length }) as const,
      ),
    ...[...tokens.keys()]
      .filter((at) => isCode(tokens[at]!, at))
      .map((at) => ({ kind: 'number', at, length: 1 }) as const),
  ];
}

function isVouched({ readings, units }: Amount, { amounts }: Vouched): boolean {
  return readings.some((numbers) => numbers.every((number) => units.some((unit) => amounts.has(`${number}|${unit}`))));
}

/** Each thing once, in the order of the text: a name that is also a value is told as what it was found to be first. */
function distinct(inventions: readonly Invention[]): readonly Invention[] {
  const sorted = [...inventions].sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
  let end = -1;
  return sorted.filter(({ span }) => {
    const inside = span[1] <= end;
    end = Math.max(end, span[1]);
    return !inside;
  });
}
