import { z } from 'zod';
import { tokensOf, type Token } from '../grounding/tokens.js';
import type { EnrichedItem, EnrichmentFacts, ProposedValue, SourceSpan } from './enrichment.types.js';
import { sureMentions } from './reading/confidence.js';
import { groupsOf } from './reading/groups.js';
import { readingOf, type Mention, type Reading } from './reading/reading.js';
import { SCOPE_CAP, scopeOf } from './reading/scope.js';
import { conceptOf, DOUBTFUL, type ReadAttribute } from './reading/senses.js';
import { spelled, spellingsOf, valueKey } from './reading/spelling.js';
import { fieldText, READ_FIELDS } from './source.js';

/** What a language model proposes: a value, and the words of the item that say it. */
export const modelProposalSchema = z.strictObject({
  attribute: z.string().min(1).max(128),
  value: z.string().min(1).max(200),
  quote: z.string().min(1).max(500),
});
export type ModelProposal = z.output<typeof modelProposalSchema>;

/** More of one item are passed over. */
const MOST = 64;
/** A quote that is in a text more often is tried at its first places. */
const MOST_PLACES = 16;
/** Highest confidence of what only the model says: a person looks at it. Where the tables agree, theirs counts. */
const MODELS_WORD = 0.7;
const COLOR = /^colou?r$/i;
const READ: readonly ReadAttribute[] = ['color', 'size', 'material'];

interface Held {
  readonly value: string;
  readonly confidence: number;
  /** Tokens that say the value. */
  readonly at: number;
  readonly end: number;
}

interface Source {
  readonly field: SourceSpan['field'];
  readonly reading: Reading;
  readonly sure: ReadonlyMap<Mention, number>;
}

/**
 * Proposals of a language model that hold: the quote is in the item's texts (letter case, accents and white space aside),
 * and the value is what it says: the same words, or another spelling of one thing ("grey" for "GRY", "blue" for "navy").
 * Names, denials and what belongs to something else are no witness: "red" does not hold by "red riding hood". Others are
 * dropped, as are proposals that `modelProposalSchema` does not pass and those after the first 64. Linear time.
 */
export function heldProposals(
  item: EnrichedItem,
  proposals: readonly ModelProposal[],
  facts?: EnrichmentFacts,
): readonly ProposedValue[] {
  const sources = [...READ_FIELDS, 'brand' as const].map((field) => sourceOf(item, field));
  const held = new Map<string, ProposedValue>();
  for (const proposal of proposals.slice(0, MOST)) {
    if (!modelProposalSchema.safeParse(proposal).success) continue;
    const found = firstHeld(sources, proposal, facts);
    const key = found === undefined ? '' : JSON.stringify([found.attribute, found.value]);
    if (found !== undefined && (held.get(key)?.confidence ?? 0) < found.confidence) held.set(key, found);
  }
  return [...held.values()];
}

function sourceOf(item: EnrichedItem, field: SourceSpan['field']): Source {
  const reading = readingOf(fieldText(item, field), field === 'brand' ? {} : item);
  const all = READ.flatMap((attribute) => sureMentions(reading, groupsOf(reading, attribute)));
  return { field, reading, sure: new Map(all.map(({ mention, sure }) => [mention, sure])) };
}

function firstHeld(
  sources: readonly Source[],
  proposal: ModelProposal,
  facts: EnrichmentFacts | undefined,
): ProposedValue | undefined {
  const terms = tokensOf(proposal.quote).map(({ term }) => term);
  const attribute = COLOR.test(proposal.attribute) ? 'color' : proposal.attribute;
  for (const source of sources) {
    const { text, tokens } = source.reading;
    for (const at of places(tokens, terms)) {
      const end = at + terms.length;
      const found = heldAt(source, { ...proposal, attribute }, { at, end, facts });
      if (found === undefined) continue;
      const [from, to] = [tokens[found.at]!.from, tokens[found.end - 1]!.to];
      const span = { field: source.field, from, to, text: text.slice(from, to) };
      return { attribute, value: found.value, confidence: found.confidence, span };
    }
  }
  return undefined;
}

/** Where terms stand in a row, the first places. */
function places(tokens: readonly Token[], terms: readonly string[]): readonly number[] {
  const found: number[] = [];
  if (terms.length === 0) return found;
  for (let at = 0; at + terms.length <= tokens.length && found.length < MOST_PLACES; at++)
    if (terms.every((term, i) => tokens[at + i]!.term === term)) found.push(at);
  return found;
}

interface Quote {
  readonly at: number;
  readonly end: number;
  readonly facts: EnrichmentFacts | undefined;
}

function heldAt(source: Source, { attribute, value }: ModelProposal, quote: Quote): Held | undefined {
  const key = valueKey(attribute, value);
  if (conceptOf(attribute, value) === undefined && !key.startsWith('='))
    return wordsHeld(source, { attribute, value }, quote);
  const { reading, sure } = source;
  for (const mention of reading.mentions) {
    const { at, end, concept } = mention;
    const same = mention.attribute === attribute && [concept?.id, concept?.family, `=${mention.measure}`].includes(key);
    if (!same || at < quote.at || end > quote.end) continue;
    const own = sure.get(mention);
    // What the tables doubt, a model may know; what they deny, it may not.
    const denied = own === undefined ? scopeOf(reading, { mentions: [mention], at, end }) === 'none' : own < DOUBTFUL;
    if (denied) continue;
    const words = reading.text.slice(reading.tokens[at]!.from, reading.tokens[end - 1]!.to);
    // Of a shade the model may say the color, which is then what the catalogue is asked for.
    const exact = concept === undefined || concept.id === key;
    const said = exact ? spelled(mention, words, quote.facts) : (spellingsOf(attribute, quote.facts).get(key) ?? key);
    return { value: said, confidence: own ?? DOUBTFUL, at, end };
  }
  return undefined;
}

/** A value that the tables do not know: its words must be in the quote, spaces aside ("polka dot" by "POLKADOT"). */
function wordsHeld(
  { reading }: Source,
  { attribute, value }: Pick<ModelProposal, 'attribute' | 'value'>,
  quote: Quote,
): Held | undefined {
  const wanted = tokensOf(value)
    .map(({ term }) => term)
    .join('');
  for (let at = quote.at; at < quote.end && wanted !== ''; at++) {
    let read = '';
    for (let end = at + 1; end <= quote.end && wanted.startsWith(read); end++) {
      read += reading.tokens[end - 1]!.term;
      if (read !== wanted) continue;
      const cap = SCOPE_CAP[scopeOf(reading, { mentions: [], at, end })];
      const known = spellingsOf(attribute, quote.facts).get(valueKey(attribute, value));
      return cap === 0 ? undefined : { value: known ?? value, confidence: Math.min(cap, MODELS_WORD), at, end };
    }
  }
  return undefined;
}
