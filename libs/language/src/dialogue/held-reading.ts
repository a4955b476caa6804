import { inventionsIn } from '../grounding/inventions.js';
import type { GroundingFacts } from '../grounding/lexicon.js';
import type { ChatReading } from '../prompts/chat-reading.prompt.js';
import { filterOf, joinedParts } from '../wishes/constraints.js';
import { digitsValue } from '../wishes/numbers.js';
import { PRICE } from '../wishes/prices.js';
import { promisesIn } from './promises.js';
import type { Constraint, Facts, Wish, WishPart } from '../wishes/wish.js';

const [QUERY_CHARS, MOST_WORDS] = [200, 12];
/** Letters and digits, and what joins them. */
const WORDS = /^[\p{L}\p{M}\p{N} ,'’&+-]*$/u;
const NOWHERE = [0, 0] as const;
const NO_FACTS: GroundingFacts = { values: new Map() };

/** What may be asked for of a catalogue: values by the path of a filter. */
export const fieldsOf = ({ categories, brands, attributes }: Facts): ReadonlyMap<string, readonly string[]> =>
  new Map([
    ['categories', categories],
    ['brand', brands],
    ...[...attributes].map(([name, values]) => [`attributes.${name}`, values] as const),
  ]);

/**
 * A wish with what a language model read in the same turn: what the tables read stands; of the model’s, values that the catalogue
 * has, and prices whose number the shopper wrote. The query is the model’s, but it is shown as what was searched for: words alone,
 * no number, promise or claim that the shopper did not write. Undefined where nothing of it holds.
 */
export function heldReading(message: string, wish: Wish, reading: ChatReading, facts: Facts): Wish | undefined {
  const fields = fieldsOf(facts);
  const said = new Set(wish.parts.map(({ path }) => path));
  const added = [
    ...valuesOf(reading.want, '$in', fields),
    ...valuesOf(reading.avoid, '$nin', fields),
    ...priceOf(message, reading),
  ].filter(({ path }) => !said.has(path));
  const query = queryOf(message, reading);
  if (query === '' && added.length === 0) return undefined;
  const parts = [...wish.parts, ...added];
  return { ...wish, parts, filter: filterOf(joinedParts(parts)), rest: query === '' ? wish.rest : query };
}

/** Empty where it is more than words to search by. */
function queryOf(message: string, reading: ChatReading): string {
  const query = reading.query.normalize('NFKC').replace(/\s+/g, ' ').trim().slice(0, QUERY_CHARS);
  const said = message.normalize('NFKC').toLowerCase();
  const words = query.split(' ');
  const isSaid = (part: string): boolean => said.includes(part.toLowerCase());
  const isPlain = words.length <= MOST_WORDS && WORDS.test(query);
  const foreign = [...(query.match(/\d+/g) ?? []), ...promisesIn(query)];
  if (!isPlain || !foreign.every(isSaid)) return '';
  const left = withoutClaims(query, message);
  return left.split(' ').length * 2 >= words.length ? left : '';
}

/** Without what a shop answers for and the shopper did not say. */
function withoutClaims(query: string, message: string): string {
  const claims = inventionsIn(query, { texts: [message] }, NO_FACTS).filter(({ kind }) => kind === 'claim');
  return claims
    .reduceRight((left, { span: [from, to] }) => left.slice(0, from) + left.slice(to), query)
    .replace(/\s+/g, ' ')
    .replace(/^[ ,]+|[ ,]+$/g, '');
}

function valuesOf(
  asked: ChatReading['want'],
  operator: '$in' | '$nin',
  fields: ReadonlyMap<string, readonly string[]>,
): readonly WishPart[] {
  return asked.flatMap(({ field, value }) => {
    const known = fields.get(field)?.find((one) => one.toLowerCase() === value.trim().toLowerCase());
    return known === undefined ? [] : [partOf(field, { [operator]: [known] })];
  });
}

function priceOf(message: string, { below, above }: ChatReading): readonly WishPart[] {
  if (above !== null && below !== null && above > below) return [];
  const numbers = new Set(
    Array.from(message.normalize('NFKC').matchAll(/\d+(?:[.,]\d+)*/g), ([text]) => digitsValue(text)),
  );
  const test: Constraint = {
    ...(above !== null && numbers.has(above) && { $gte: above }),
    ...(below !== null && numbers.has(below) && { $lte: below }),
  };
  return Object.keys(test).length === 0 ? [] : [partOf(PRICE, test)];
}

const partOf = (path: string, test: Constraint): WishPart => ({ span: NOWHERE, text: '', path, test });
