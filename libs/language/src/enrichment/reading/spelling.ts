import { tokensOf } from '../../grounding/tokens.js';
import type { EnrichmentFacts } from '../enrichment.types.js';
import { measureAt } from './measures.js';
import type { Mention } from './reading.js';
import { conceptOf } from './senses.js';

/** How the catalogue spells values, by what they stand for. */
type Spellings = ReadonlyMap<string, string>;

const NONE: Spellings = new Map();
const spellings = new WeakMap<EnrichmentFacts, ReadonlyMap<string, Spellings>>();
const HAN = /\p{Script=Han}/u;

/** The value of a mention as the catalogue spells it: the same, else what it is a shade of, else the canonical one. */
export function spelled(mention: Mention, text: string, facts: EnrichmentFacts | undefined): string {
  const { concept, measure, attribute } = mention;
  if (concept === undefined) return spellingsOf(attribute, facts).get(`=${measure}`) ?? measure ?? text;
  const known = spellingsOf(attribute, facts);
  const family = concept.family === undefined ? undefined : known.get(concept.family);
  const canonical = concept.chinese !== undefined && HAN.test(text) ? concept.chinese : concept.id;
  return known.get(concept.id) ?? family ?? canonical;
}

/** What values of an attribute are compared by: one for all spellings of a thing, in whatever language. */
export function valueKey(attribute: string, value: string): string {
  const concept = conceptOf(attribute, value);
  if (concept !== undefined) return concept.id;
  const tokens = tokensOf(value);
  const measure = attribute === 'size' ? measureAt(value, tokens, 0) : undefined;
  return measure !== undefined && measure.end === tokens.length
    ? `=${measure.value}`
    : `~${tokens.map(({ term }) => term).join(' ')}`;
}

/** How the catalogue spells the values of an attribute, by their keys; the first spelling of one stays. */
export function spellingsOf(attribute: string, facts: EnrichmentFacts | undefined): Spellings {
  if (facts === undefined) return NONE;
  let all = spellings.get(facts);
  if (all === undefined) {
    all = new Map([...facts.known].map(([name, values]) => [name, byKey(name, values)]));
    spellings.set(facts, all);
  }
  return all.get(attribute) ?? NONE;
}

function byKey(attribute: string, values: readonly string[]): Spellings {
  const known = new Map<string, string>();
  for (const value of values) {
    const key = valueKey(attribute, value);
    if (!known.has(key)) known.set(key, value);
  }
  return known;
}
