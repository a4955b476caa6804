const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z][a-zA-Z\d]{1,31}));/g;

/** The entities met in product feeds; any other named entity becomes a space. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  plusmn: '±',
  times: '×',
  divide: '÷',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  sup2: '²',
  sup3: '³',
  micro: 'µ',
  pound: '£',
  euro: '€',
  yen: '¥',
  cent: '¢',
  sect: '§',
  agrave: 'à',
  aacute: 'á',
  acirc: 'â',
  atilde: 'ã',
  auml: 'ä',
  aring: 'å',
  aelig: 'æ',
  ccedil: 'ç',
  egrave: 'è',
  eacute: 'é',
  ecirc: 'ê',
  euml: 'ë',
  igrave: 'ì',
  iacute: 'í',
  icirc: 'î',
  iuml: 'ï',
  ntilde: 'ñ',
  ograve: 'ò',
  oacute: 'ó',
  ocirc: 'ô',
  otilde: 'õ',
  ouml: 'ö',
  oslash: 'ø',
  oelig: 'œ',
  ugrave: 'ù',
  uacute: 'ú',
  ucirc: 'û',
  uuml: 'ü',
  szlig: 'ß',
  yuml: 'ÿ',
  Agrave: 'À',
  Aacute: 'Á',
  Auml: 'Ä',
  Aring: 'Å',
  AElig: 'Æ',
  Ccedil: 'Ç',
  Egrave: 'È',
  Eacute: 'É',
  Ntilde: 'Ñ',
  Ouml: 'Ö',
  Oslash: 'Ø',
  Uuml: 'Ü',
};
/** Tags inside a word (`H<sub>2</sub>O`) vanish; every other tag separates words. */
const INLINE_TAG =
  /^<\/?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|u|wbr)(?![\w-])/i;
/** Elements whose content is not text. */
const OPAQUE_TAG = /^<(script|style|template)(?![\w-])/i;
const LONGEST_TAG_NAME = 12;

/** Replaces HTML character references by their characters, once (`&amp;lt;` becomes `&lt;`). Linear time. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (_, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? ' ') : ' ';
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : parseInt(decimal, 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
  });
}

/**
 * Removes tags, comments, scripts and styles. A `<` that opens no complete tag stays as text ("a < b").
 * Linear time for any input: the scan never goes back over what it has read.
 */
export function stripTags(text: string): string {
  if (!text.includes('<')) return text;
  const out: string[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    if (open < 0) break;
    out.push(text.slice(at, open));
    const end = tagEnd(text, open);
    const read = text.slice(open, end);
    if (!read.endsWith('>') || read.length < 3) {
      out.push(read);
      at = end;
      continue;
    }
    const head = read.slice(0, LONGEST_TAG_NAME);
    out.push(INLINE_TAG.test(head) ? '' : ' ');
    at = contentEnd(text, end, head);
  }
  out.push(text.slice(at));
  return out.join('');
}

/** End of the tag opened at `open`, or of the stretch read in vain: up to the next unquoted `<` or the end of the text. */
function tagEnd(text: string, open: number): number {
  if (text.startsWith('<!--', open)) {
    const close = text.indexOf('-->', open + 4);
    return close < 0 ? text.length : close + 3;
  }
  if (!/[a-zA-Z/!?]/.test(text.charAt(open + 1))) return open + 1;
  for (let i = open + 1; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '>') return i + 1;
    if (char === '<') return i;
    if ((char === '"' || char === "'") && text.charAt(i - 1) === '=') {
      const close = text.indexOf(char, i + 1);
      // A quote that never closes is no quote. It is the last of its kind, so looking for its end happens once.
      if (close > 0) i = close;
    }
  }
  return text.length;
}

/** Where text goes on after a start tag: behind the matching end tag of a script or style, else at once. */
function contentEnd(text: string, end: number, head: string): number {
  const opaque = OPAQUE_TAG.exec(head)?.[1];
  if (opaque === undefined) return end;
  const close = new RegExp(`</${opaque}[^>]{0,20}>`, 'gi');
  close.lastIndex = end;
  const found = close.exec(text);
  return found === null ? text.length : found.index + found[0].length;
}
