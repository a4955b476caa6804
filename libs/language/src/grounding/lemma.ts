const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['children', 'child'],
  ['childrens', 'child'],
  ['feet', 'foot'],
  ['halves', 'half'],
  ['knives', 'knife'],
  ['leaves', 'leaf'],
  ['men', 'man'],
  ['mens', 'man'],
  ['people', 'person'],
  ['shelves', 'shelf'],
  ['women', 'woman'],
  ['womens', 'woman'],
]);
const ASCII_WORD = /^[a-z]+$/;

/**
 * A folded word without its plural. Less than the analyzer's stem on purpose: by that one an "organizer" would be evidence
 * for "organic", and "news" for "new" counts as little.
 */
export function lemma(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length < 4 || word === 'news' || !ASCII_WORD.test(word)) return word;
  if (word.length > 4 && /ies?$/.test(word)) return word.replace(/ies?$/, 'y');
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:x|ch|sh|ss|zz)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
