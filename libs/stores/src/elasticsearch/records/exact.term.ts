/** What units of UTF-16 are raised by: beyond all that stay as they are. */
const BEYOND = 0x10000;

/**
 * A text for a `keyword` field, so that no two texts are one there, and their order is that of `<`. Elasticsearch orders
 * by the bytes of UTF-8, which has none for half a character; so each unit of UTF-16 from U+D800 on becomes a character
 * of its own, in order. All others stay as they are.
 */
export function exactTerm(text: string): string {
  return text.replace(/[\ud800-\uffff]/g, (unit) => String.fromCodePoint(BEYOND + unit.charCodeAt(0)));
}
