import type { EnrichedItem, EnrichmentFacts } from '../enrichment.types.js';
import { proposedValues } from '../proposed-values.js';
import { fieldText } from '../source.js';

/** Values of an attribute in a title: those that are applied (from .8), and those that a person is asked. */
export function readValues(title: string, attribute: string): { sure: readonly string[]; asked: readonly string[] } {
  const found = proposedValues({ title }).filter((proposal) => proposal.attribute === attribute);
  const values = (keep: (confidence: number) => boolean): readonly string[] =>
    found.filter(({ confidence }) => keep(confidence)).map(({ value }) => value);
  return { sure: values((confidence) => confidence >= 0.8), asked: values((confidence) => confidence < 0.8) };
}

/** Fails where a proposal is not what its span says, or has no confidence or value. Gives how many there are. */
export function expectSpansIn(item: EnrichedItem, facts?: EnrichmentFacts): number {
  const found = proposedValues(item, facts);
  for (const { span, confidence, value } of found) {
    expect(span.text).toBe(fieldText(item, span.field).slice(span.from, span.to));
    expect(span.text).not.toBe('');
    expect(value).not.toBe('');
    expect(confidence).toBeGreaterThanOrEqual(0.5);
    expect(confidence).toBeLessThanOrEqual(1);
  }
  return found.length;
}
