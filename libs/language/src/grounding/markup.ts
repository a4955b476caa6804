import { cleanText } from '@attune/text';

const HTML = /<|&#?\w{1,31};/;
const FENCE = /^\s*(?:`{3,}|~{3,})\s*[\w+-]{0,20}\s*$/;
const RULE = /^\s*(?:[-*_=]\s*){3,}$/;
const TABLE_RULE = /^[\s|:-]+$/;
/** Marks that a line begins with: headings, quotes, list items. */
const LINE_MARK = /^\s{0,32}(?:#{1,6}\s+|(?:>\s?)+|[-*+•]\s+|\d{1,2}[.)]\s+(?=\D))/;
const ENDED = /[.!?:;,。！？：；，、…]["'”’」』）)]?$/;
const HAN_END = /\p{Script=Han}$/u;

const TEMPLATE_MARK = /<\|[^|<>]{0,40}\|>|<{2}\/?SYS>{2}|\[\/?INST\]|<\/?s>/gi;
const ROLE =
  /(^|[.!?。！？\n]\s*)(?:(?:system|user|assistant|human|developer|tool|bot|ai|model|系统|用户|助手|人类)\s*[:：]\s*)+/gi;
const IMAGE_OR_LINK = /!?\[([^[\]]{0,400})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s+"[^"]{0,200}")?\)/g;
/** Addresses are in Latin letters: beside letters of other scripts there need be no space. */
const URL =
  /(?:[a-z0-9+.-]{0,16}:\/\/|(?<![a-z0-9])www\.|(?<![\p{Script=Latin}\p{N}])(?:mailto:|javascript:|data:|tel:))[^\s<>"'“”，。；！？（）\p{Script=Han}]*/giu;
/** Of the sentence, not of the address. */
const TRAILING = /[.,;:!?]{1,8}$/;
const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,8}/gu;
const DOMAIN =
  /(?<![\p{Script=Latin}\p{N}.-])(?:[\p{Script=Latin}\p{N}-]{1,63}\.){1,5}(?:com|net|org|info|biz|shop|store|online|site|app|dev|io|ai|me|tv|cc|xyz|top|club|link|co|uk|us|eu|de|fr|cn|hk|tw|jp|ru)(?![\p{Script=Latin}\p{N}])(?:[/:?][^\s\p{Script=Han}]*)?/giu;
const INVISIBLE =
  /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Co}]/gu;
/** What one round uncovers the next one takes; natural text needs one or two. */
const ROUNDS = 5;

/**
 * A text as plain sentences on one line: no Markdown, HTML, code fences, links, addresses, control characters, and no marks by
 * which a model tells who speaks. What stood in the marks stays. Undefined where taking marks away uncovers new ones again
 * and again, as only a hostile text does. Linear time.
 */
export function withoutMarkup(text: string): string | undefined {
  let before = text;
  for (let round = 0; round < ROUNDS; round++) {
    const after = onceWithoutMarkup(before);
    if (after === before) return after;
    before = after;
  }
  return undefined;
}

function onceWithoutMarkup(text: string): string {
  const lines = unfolded(text.replace(INVISIBLE, '').replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')).replace(
    TEMPLATE_MARK,
    ' ',
  );
  const plain = HTML.test(lines) ? cleanText(lines, { maxChars: lines.length }) : lines;
  return plain
    .replace(IMAGE_OR_LINK, '$1')
    .replace(URL, (found) => ` ${TRAILING.exec(found)?.[0] ?? ''}`)
    .replace(EMAIL, ' ')
    .replace(DOMAIN, ' ')
    .replace(/~~|`|\\(?=[\p{P}\p{S}])/gu, '')
    .replace(/(?<!\d\s?)\*|\*(?!\s?\d)/g, '')
    .replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
    .replace(/[<>|]/g, ' ')
    .replace(UNPRINTABLE, ' ')
    .replace(/[([（]\s*[)\]）]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[。，；！？]|[.,;!?](?:\s|$))/g, '')
    .trim()
    .replace(ROLE, '$1')
    .trim();
}

/** Lines joined: a heading or list item ends as a sentence. */
function unfolded(text: string): string {
  const out: string[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || FENCE.test(line) || RULE.test(line) || (line.includes('|') && TABLE_RULE.test(line)))
      continue;
    let said = line.trim();
    const marked = LINE_MARK.test(said);
    for (let i = 0; i < 4; i++) said = said.replace(LINE_MARK, '');
    said = said.replace(ROLE, '$1').trim();
    if (said === '') continue;
    out.push(marked && !ENDED.test(said) ? said + (HAN_END.test(said) ? '。' : '.') : said);
  }
  return out.join(' ');
}
