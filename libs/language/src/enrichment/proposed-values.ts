import type { EnrichedItem, EnrichmentFacts, ProposedValue, SourceSpan } from './enrichment.types.js';
import { sureMentions } from './reading/confidence.js';
import { groupsOf, saidAs } from './reading/groups.js';
import { readingOf, type Mention, type Reading } from './reading/reading.js';
import { DOUBTFUL } from './reading/senses.js';
import { spelled } from './reading/spelling.js';
import { fieldText, READ_FIELDS } from './source.js';

const ATTRIBUTES = ['color', 'size', 'material'] as const;
/** A description speaks of much beside the item: unless it names the attribute, a person looks at it. */
const OF_DESCRIPTION = 0.7;
const OF_TAG = 0.85;

/**
 * Colors, sizes and materials that the texts of an item say it has, each with the words it was read from; one proposal for
 * each attribute and value, that of the highest confidence (title before description before tags). Names of things and
 * people are no values, and what only seems so, is denied or belongs to something else is not proposed. In linear time.
 */
export function proposedValues(item: EnrichedItem, facts?: EnrichmentFacts): readonly ProposedValue[] {
  const best = new Map<string, ProposedValue>();
  for (const field of READ_FIELDS) {
    const reading = readingOf(fieldText(item, field), item);
    for (const proposal of proposalsOf(reading, field, facts)) {
      const key = `${proposal.attribute} ${proposal.value}`;
      if ((best.get(key)?.confidence ?? 0) < proposal.confidence) best.set(key, proposal);
    }
  }
  return [...best.values()];
}

function* proposalsOf(
  reading: Reading,
  field: SourceSpan['field'],
  facts: EnrichmentFacts | undefined,
): Generator<ProposedValue> {
  for (const attribute of ATTRIBUTES) {
    for (const { mention, sure } of sureMentions(reading, groupsOf(reading, attribute))) {
      const confidence = Math.min(sure, fieldCap(reading, mention, field));
      if (confidence >= DOUBTFUL) yield proposal(reading, mention, { field, confidence, facts });
    }
  }
}

interface Origin {
  readonly field: SourceSpan['field'];
  readonly confidence: number;
  readonly facts: EnrichmentFacts | undefined;
}

function proposal({ text, tokens }: Reading, mention: Mention, { field, confidence, facts }: Origin): ProposedValue {
  const from = tokens[mention.at]!.from;
  const to = tokens[mention.end - 1]!.to;
  const words = text.slice(from, to);
  const value = spelled(mention, words, facts);
  return { attribute: mention.attribute, value, confidence, span: { field, from, to, text: words } };
}

/** A tag that is nothing but the value says it of the item; in a description the attribute must be named. */
function fieldCap(reading: Reading, mention: Mention, field: SourceSpan['field']): number {
  const { tokens } = reading;
  if (field === 'title') return 1;
  if (field === 'description') return saidAs(reading, mention) ? 1 : OF_DESCRIPTION;
  const next = tokens[mention.end];
  return tokens[mention.at]!.gap === 'clause' && (next === undefined || next.gap === 'clause')
    ? OF_TAG
    : OF_DESCRIPTION;
}
