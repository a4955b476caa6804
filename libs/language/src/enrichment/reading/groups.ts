import { JOINERS, PATTERNS } from '../words/context.table.js';
import { endsClause, type Mention, type Reading } from './reading.js';
import { DOUBTFUL, type ReadAttribute } from './senses.js';

/** Mentions of one attribute that belong together: "red & white", "S/M". */
export interface Group {
  readonly mentions: readonly Mention[];
  readonly at: number;
  /** The token behind it. */
  readonly end: number;
}

/** How two mentions are parted: by nothing, by a word or sign that joins, or by more. */
type Link = 'beside' | 'joined' | 'apart';

/** Before a letter that is one. */
const SPELLED: ReadonlySet<string> = new Set(['letter', 'initial', 'alphabet', 'type', 'model', 'series', 'vitamin']);

/** What a text says of an attribute, what belongs together as one. */
export function groupsOf(reading: Reading, attribute: ReadAttribute): readonly Group[] {
  const all = reading.mentions.filter((mention) => mention.attribute === attribute);
  const groups: Mention[][] = [];
  let last: Mention | undefined;
  for (const [i, mention] of all.entries()) {
    if (isDoubted(reading, all, i)) continue;
    const link = last === undefined ? 'apart' : linkOf(reading, last, mention);
    if (link === 'apart') groups.push([mention]);
    else groups.at(-1)!.push(mention);
    last = mention;
  }
  return groups.map((mentions) => ({ mentions, at: mentions[0]!.at, end: mentions.at(-1)!.end }));
}

/** A doubtful word counts only where it is joined to a surer one, or where the text says what it is. */
function isDoubted(reading: Reading, all: readonly Mention[], i: number): boolean {
  const mention = all[i]!;
  if (mention.sure >= DOUBTFUL || saidAs(reading, mention)) return false;
  if (standsAlone(reading, mention) || isPatterned(reading, mention)) return false;
  const [before, after] = [all[i - 1], all[i + 1]];
  // Letters and characters vouch for each other ("S/M", 红/白); two fruits do not.
  const vouches = ({ sure, kind }: Mention): boolean => sure >= DOUBTFUL || (kind === mention.kind && kind !== 'fruit');
  const isJoined = (a: Mention, b: Mention): boolean => linkOf(reading, a, b) === 'joined';
  return !(
    (before !== undefined && vouches(before) && isJoined(before, mention)) ||
    (after !== undefined && vouches(after) && isJoined(mention, after))
  );
}

/** "Chocolate spots" are no food. */
function isPatterned(reading: Reading, { attribute, end }: Mention): boolean {
  return attribute === 'color' && !endsClause(reading, { end }) && PATTERNS.has(reading.tokens[end]!.term);
}

/** At the end or in brackets: a letter or a Chinese character, and a color where nothing is eaten or smelled. */
function standsAlone({ tokens, tastes }: Reading, { attribute, at, end, kind }: Mention): boolean {
  const { gap } = tokens[at]!;
  const next = tokens[end];
  const ends = at > 0 && (next === undefined || next.gap === 'clause' || (kind === 'character' && next.gap !== 'none'));
  if (!ends || gap === 'none') return false;
  if (kind === 'letter') return gap === 'clause' || (next === undefined && !SPELLED.has(tokens[at - 1]!.term));
  return kind === 'character' || (kind === 'plain' && attribute === 'color' && !tastes);
}

function linkOf({ text, tokens }: Reading, a: Mention, b: Mention): Link {
  const between = text.slice(tokens[a.end - 1]!.to, tokens[b.at]!.from);
  if (b.at === a.end)
    return /^\s*[,\u3001\uff0c\u00b7]\s*$/.test(between)
      ? 'joined'
      : tokens[b.at]!.gap === 'clause'
        ? 'apart'
        : 'beside';
  if (b.at - a.end > 2) return 'apart';
  for (let i = a.end; i < b.at; i++) if (!JOINERS.has(tokens[i]!.term)) return 'apart';
  return /[.;:!?()]/.test(between) ? 'apart' : 'joined';
}

const SAID_BEFORE: Readonly<Record<ReadAttribute, RegExp>> = {
  color: /(?:colou?rs?|shade|\u989c\u8272|\u8272\u53f7|\u82b1\u8272)(?: is)?\s*[:\uff1a=-]?\s*$/iu,
  size: /(?:\bsizes?|dimensions?|measures|measuring|\u5c3a\u5bf8|\u5c3a\u7801|\u89c4\u683c|\u5bb9\u91cf|\u51c0\u542b\u91cf|\u5927\u5c0f)(?: is)?\s*[:\uff1a=-]?\s*$/iu,
  material:
    /(?:materials?|fabric|composition|made (?:of|from|out of)|crafted from|carved from|\u6750\u8d28|\u9762\u6599|\u6750\u6599|\u8d28\u5730)(?: is| are)?\s*[:\uff1a=-]?\s*(?:(?:pure|real|solid|genuine|recycled|natural|organic)\s+|\d{1,3}\s?% ?)?$/iu,
};
const SAID_AFTER: Readonly<Record<ReadAttribute, RegExp>> = {
  color: /^[\s-]*colou?r(?:ed)?(?![\p{L}\p{N}])/iu,
  size: /^[\s-]*sized?(?![\p{L}\p{N}])/iu,
  material: /^\s*(?:\u6750\u8d28|\u9762\u6599)/u,
};
/** The longest words above, with room for a sign and spaces. */
const SAID_WITHIN = 32;

/** Whether the text names the attribute: "color: red", "rose colored", 材质：棉. */
export function saidAs(
  { text, tokens }: Reading,
  { attribute, at, end }: Pick<Mention, 'attribute' | 'at' | 'end'>,
): boolean {
  const from = tokens[at]!.from;
  const to = tokens[end - 1]!.to;
  const before = text.slice(Math.max(0, from - SAID_WITHIN), from);
  return SAID_BEFORE[attribute].test(before) || SAID_AFTER[attribute].test(text.slice(to, to + SAID_WITHIN));
}
