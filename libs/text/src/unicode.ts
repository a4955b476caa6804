/** Unicode's stream-safe limit (UAX 15): no natural text has more combining marks in a row. */
const LONG_MARK_RUN = /(\p{M}{30})\p{M}+/gu;
// eslint-disable-next-line no-control-regex
const ASCII_ONLY = /^[\x00-\x7f]*$/;

/** True when every UTF-16 unit is below 128: such a text is its own normal form. */
export function isAscii(text: string): boolean {
  return ASCII_ONLY.test(text);
}

/**
 * NFKC in linear time. A normalizer sorts runs of combining marks by insertion: 100,000 marks in a row take seconds,
 * so runs are cut to 30 first.
 */
export function normalizeNfkc(text: string): string {
  return isAscii(text) ? text : text.replace(LONG_MARK_RUN, '$1').normalize('NFKC');
}

/** The longest prefix of at most `maxUnits` UTF-16 units that does not end inside a surrogate pair. */
export function cutSafely(text: string, maxUnits: number): string {
  if (text.length <= maxUnits) return text;
  const last = text.charCodeAt(maxUnits - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? maxUnits - 1 : maxUnits);
}
