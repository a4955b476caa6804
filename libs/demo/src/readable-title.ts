import { ABBREVIATIONS, ACRONYMS, PROPER_NAMES } from './title-words.js';

/**
 * Turns a title in short capitals into a readable one, by rule only (nothing is guessed):
 * spaces and punctuation are set right, `SET/3`, `SET 3` and `S/3` become "set of 3" (packs alike), measures get their
 * space (`34X20CM` is "34 x 20 cm"), known abbreviations are written out, and the rest is sentence case with
 * proper names kept. A word that the shop wrote in mixed case stays as written.
 * @example readableTitle('REGENCY CAKESTAND 3 TIER') // 'Regency cakestand 3 tier'
 * @example readableTitle('ASSTD DESIGN RACING CAR PEN') // 'Assorted design racing car pen'
 */
export function readableTitle(raw: string): string {
  const words = spaced(raw).split(' ').map(readableWord).join(' ');
  const first = words.search(/[\p{L}\d]/u);
  return first < 0 ? words : words.slice(0, first) + words.charAt(first).toUpperCase() + words.slice(first + 1);
}

function spaced(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/Â£/g, '£')
    .replace(/[*]/g, ' ')
    .replace(/\bW\/\s*(?=[A-Z])/g, 'W ')
    .replace(/\bS\/(\d+)/g, 'SET OF $1 ')
    .replace(/\b(SET|PACK|BOX)\s*\/\s*(\d+)/gi, '$1 OF $2 ')
    .replace(/\b(SET|PACK) (?=\d+(?:\s|$))/g, '$1 OF ')
    .replace(/\b(\d+)\s*PCS?\b/g, '$1 PIECE')
    .replace(/(\d)(CM)?[xX](\d)/g, '$1$2 x $3')
    .replace(/(\d)\s?(CM|MM|KG|ML)\b/gi, (_, digit: string, unit: string) => `${digit} ${unit.toLowerCase()}`)
    .replace(/\bNECKL\.(?=\d)/g, 'NECKL ')
    .replace(/"NECKL\./g, '" NECKL')
    .replace(/\s*,\s*/g, ', ')
    .replace(/\s+\./g, '.')
    .replace(/[\s,]+$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function readableWord(word: string): string {
  const lead = /^[("']*/.exec(word)?.[0] ?? '';
  const tail = /[)"',.!?:;]*$/.exec(word.slice(lead.length))?.[0] ?? '';
  const core = word.slice(lead.length, word.length - tail.length);
  // A lone letter between commas or quotes is a letter, not an article.
  const letter = /^[A-Z]$/.test(core) && (lead.includes('"') || tail.startsWith(','));
  return lead + (letter ? core : readableCore(core)) + tail;
}

function readableCore(core: string): string {
  const known = ABBREVIATIONS[core];
  if (known !== undefined) return known;
  const parts = /[/+&-]/.exec(core);
  if (parts !== null && core.length > 1) {
    return core
      .split(/([/+&-])/)
      .map((part) => (part === '' ? part : readablePart(part)))
      .join('');
  }
  return readablePart(core);
}

function readablePart(part: string): string {
  if (/^[A-Z][a-z]/.test(part) || ACRONYMS.has(part)) return part;
  const name = part.replace(/'S$/, '');
  const known = ABBREVIATIONS[part];
  if (known !== undefined && part.length > 1) return known;
  if (PROPER_NAMES.has(name)) return part.charAt(0) + part.slice(1).toLowerCase();
  return /^[A-Z]$/.test(part) && part !== 'A' && part !== 'N' ? part : part.toLowerCase();
}
