// eslint-disable-next-line no-control-regex
const ASCII_ONLY = /^[\x00-\x7f]*$/;
const DIACRITIC = /[\u0300-\u036f]/g;
/** Says nothing and would part a word in two: soft hyphen, zero width, bidi controls, variation selectors, trade marks. */
const SILENT =
  /[\u00a9\u00ad\u00ae\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2122\ufe00-\ufe0f\ufeff]/;
const FRACTION = /\p{No}/u;

/** A text in lower case without accents and other dress, and where each unit of it stood. */
export class Folded {
  readonly text: string;
  /** For each UTF-16 unit of `text`, where the character it came from begins and ends; undefined: where it is. */
  readonly #from: readonly number[] | undefined;
  readonly #to: readonly number[] | undefined;

  constructor(source: string) {
    if (ASCII_ONLY.test(source)) {
      this.text = source.toLowerCase();
      return;
    }
    const parts: string[] = [];
    const from: number[] = [];
    const to: number[] = [];
    let at = 0;
    for (const char of source) {
      const part = foldedChar(char);
      parts.push(part);
      for (let i = 0; i < part.length; i++) {
        from.push(at);
        to.push(at + char.length);
      }
      at += char.length;
    }
    this.text = parts.join('');
    this.#from = from;
    this.#to = to;
  }

  /** Where units `from ≤ i < to` (at least one) stood in the source. */
  span(from: number, to: number): readonly [number, number] {
    return [this.#from?.[from] ?? from, this.#to?.[to - 1] ?? to];
  }
}

/** Character by character, so that its place stays known; the analyzer folds whole texts, which loses it. */
function foldedChar(char: string): string {
  if (ASCII_ONLY.test(char)) return char.toLowerCase();
  if (SILENT.test(char)) return '';
  const plain = char.normalize('NFKD').toLowerCase().normalize('NFKD').replace(DIACRITIC, '');
  // "3½" is three and a half, not 31/2.
  return FRACTION.test(char) && plain.includes('\u2044') ? ` ${plain}` : plain;
}
