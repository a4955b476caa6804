import { AttuneError } from '@attune/sdk';
import type { EnrichedValue, Enrichment } from './enrichment.record.js';

/** Older refusals are forgotten. */
const MOST_REFUSED = 64;

/** What a person says of a value. */
export interface ValueDecision {
  readonly attribute: string;
  readonly value: string;
  readonly decision: 'accept' | 'reject';
  /** Who, as they call themselves. */
  readonly by?: string | undefined;
}

/**
 * An enrichment with a decision. A value that is refused is not applied again for the same texts, and only by a person for
 * others.
 * @throws AttuneError VALUE_NOT_PROPOSED
 */
export function decided(enrichment: Enrichment, { attribute, value, decision, by }: ValueDecision): Enrichment {
  const isMeant = (one: { readonly attribute: string; readonly value: string }): boolean =>
    one.attribute === attribute && one.value === value;
  if (!enrichment.values.some(isMeant))
    throw new AttuneError('VALUE_NOT_PROPOSED', `the texts of the item do not say '${value}' of '${attribute}'`);
  const withDecision = ({ decidedBy: _before, ...one }: EnrichedValue): EnrichedValue => ({
    ...one,
    decision,
    ...(by !== undefined && { decidedBy: by }),
  });
  const others = enrichment.refused.filter(
    (one) => !isMeant(one) || (decision === 'reject' && one.text !== enrichment.text),
  );
  const refused = decision === 'reject' ? [...others, { attribute, value, text: enrichment.text }] : others;
  return {
    ...enrichment,
    values: enrichment.values.map((one) => (isMeant(one) ? withDecision(one) : one)),
    refused: refused.slice(-MOST_REFUSED),
  };
}
