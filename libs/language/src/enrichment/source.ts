import type { EnrichedItem, SourceSpan } from './enrichment.types.js';

/** What a tag is parted by from the next in the text that spans of tags count in. */
const TAG_BREAK = ', ';
/** Longer texts are read to here; no schema lets one through. */
const LONGEST_TEXT = 30_000;

/** Members that values are read from, the best witness first. */
export const READ_FIELDS: readonly SourceSpan['field'][] = ['title', 'description', 'tags'];

/** The text that spans of a member count in; empty where the item has none. */
export function fieldText(item: EnrichedItem, field: SourceSpan['field']): string {
  const text = field === 'tags' ? (item.tags ?? []).join(TAG_BREAK) : item[field];
  return (text ?? '').slice(0, LONGEST_TEXT);
}
