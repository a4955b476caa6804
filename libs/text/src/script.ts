const LETTER = /\p{L}/u;
const ASCII_ONLY = /^[\x20-\x7e\s]*$/;
const HAN = /\p{Script=Han}/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HANGUL = /\p{Script=Hangul}/u;
/** Words of scripts that are not Han: what a Chinese title may name a brand with. */
const OTHER_WORD = /(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+/gu;
/** Share of Han characters among them and other words from which a text is Chinese: "Nike Air Max 男鞋" just is. */
const CHINESE_SHARE = 1 / 3;
/** More of a text would not change the verdict. */
const LONGEST_READ = 1000;

/**
 * The language a text is written in, as far as its script tells: `zh`, `ja` or `ko`; undefined for all others, Latin
 * script above all. A brand in Latin letters leaves a Chinese title Chinese, a Chinese character leaves an English one
 * English. The one rule for items and queries: they must meet in one space.
 */
export function languageOf(text: string): 'zh' | 'ja' | 'ko' | undefined {
  const read = text.slice(0, LONGEST_READ);
  if (ASCII_ONLY.test(read) || !LETTER.test(read)) return undefined;
  if (KANA.test(read)) return 'ja';
  if (HANGUL.test(read)) return 'ko';
  const han = count(read, HAN);
  return han > 0 && han >= CHINESE_SHARE * (han + count(read, OTHER_WORD)) ? 'zh' : undefined;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
