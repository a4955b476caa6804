import { joinedParts, type Constraint, type Facts, type Wish, type WishReader } from '@attune/language/understanding';
import type { Predicate, UnderstoodQuery } from '@attune/sdk';

/** A filter that a query says. */
export interface SaidPart {
  readonly path: string;
  readonly test: Constraint;
  /** The words that say it. */
  readonly text: string;
  /** Where the query says it; undefined where a language model read it. */
  readonly span?: readonly [number, number] | undefined;
}

/** What a query says beside what it is about. */
export interface SaidQuery {
  /** In the order of the query. */
  readonly parts: readonly SaidPart[];
  /** What is left to search by; of what it filters by, values of attributes stay. May be empty. */
  readonly rest: string;
  /** `rest` without them: what the filtered items have to be about. May be empty. */
  readonly about: string;
  readonly sort?: Wish['sort'];
  readonly foreign: NonNullable<UnderstoodQuery['foreign']>;
  /** Whether `rest` is a language model's. */
  readonly rewritten?: boolean;
}

const QUERY = { mode: 'query' } as const;

/** Reads a query; undefined where it says nothing but what it is about. */
export function saidIn(typed: string, reader: WishReader): SaidQuery | undefined {
  const { parts, rest, sort, foreign, unwanted } = reader.read(typed, QUERY);
  if (parts.length === 0 && sort === undefined && foreign.length === 0 && unwanted.length === 0) return undefined;
  const keepsValues = parts.some(({ path, test }) => path.startsWith('attributes.') && test.$in !== undefined);
  return {
    parts,
    rest,
    about: keepsValues ? reader.read(without(typed, parts), QUERY).rest : rest,
    sort,
    foreign: foreign.map(({ span: [from, to], currency }) => ({
      span: [from, to],
      text: typed.slice(from, to),
      currency,
    })),
  };
}

/** The text with blanks where the parts were: nothing that stood apart comes together. */
function without(typed: string, parts: Wish['parts']): string {
  let blanked = typed;
  for (const {
    span: [from, to],
  } of parts)
    blanked = blanked.slice(0, from) + ' '.repeat(to - from) + blanked.slice(to);
  return blanked;
}

/** The filter that parts are. Amounts are of the shop's currency, so prices in another are no match. */
export function filterOfParts(
  parts: readonly SaidPart[],
  { currency }: Pick<Facts, 'currency'>,
): Predicate | undefined {
  if (parts.length === 0) return undefined;
  const joined = joinedParts(parts.map((part) => ({ ...part, span: part.span ?? [0, 0] })));
  const priced = 'price.amount' in joined && currency !== undefined;
  return { ...joined, ...(priced && { 'price.currency': currency }) };
}

/** How sure it is that a part is meant as a filter: a value may be a word of a name, a bound in money or a negation is not. */
function sureness({ path, test, span }: SaidPart): number {
  if (span === undefined) return 0;
  if (test.$nin !== undefined) return 4;
  if (path === 'price.amount') return 3;
  return path.startsWith('attributes.') ? 1 : 2;
}

/** The parts, the surest first; equally sure ones in the order of the query. */
export const surestFirst = (parts: readonly SaidPart[]): readonly SaidPart[] =>
  [...parts].sort((a, b) => sureness(b) - sureness(a));

/** The parts without the least sure of them; of equally sure ones, the last. */
export function withoutLeastSure(parts: readonly SaidPart[]): readonly SaidPart[] {
  const all = parts.map(sureness);
  const least = all.lastIndexOf(Math.min(...all));
  return parts.filter((_, i) => i !== least);
}
