import {
  GROUNDS,
  IMITATED_AFTER,
  IMITATED_BEFORE,
  MOTIF_THINGS,
  MOTIFS,
  OPENERS,
  PARTS,
  PATTERNS,
  THINGS,
} from '../words/context.table.js';
import { saidAs, type Group } from './groups.js';
import { endsClause, type Mention, type Reading } from './reading.js';
import { SCOPE_CAP, scopeOf } from './scope.js';
import { DOUBTFUL } from './senses.js';

/** How sure a value is that the text names as such. */
const SAID = 0.95;
/** Highest confidence of what may be a motif's, a part's, a second thing's, a taste or a metal. */
const [OF_MOTIF, OF_PART, SECOND, OF_TASTE, OF_METAL] = [0.72, 0.6, 0.75, 0.6, 0.6];
/** Of what was doubtful until something vouched for it: that it stands alone, or a value that it is joined to. */
const [ALONE, JOINED] = [{ fruit: 0.6, plain: 0.6, metal: 0.6, character: 0.75, letter: 0.75 }, 0.85] as const;
/** How far back is looked for a thing that the value is not of, in tokens. */
const REACH = 12;
const BORNE_BEFORE = /^(?:to|max|maximum|until|under|over|from|per|every|within|up)$/;
const BORNE_AFTER = /^(?:water|waterproof|resistant|range|run|load|drop|cable|cord|lead|away)$/;

export interface SureMention {
  readonly mention: Mention;
  /** 0..1; 0: it is none of this item's. */
  readonly sure: number;
}

/** What groups of one attribute say, and how sure it is. */
export function sureMentions(reading: Reading, groups: readonly Group[]): readonly SureMention[] {
  // Of two that are not joined, the first that is no motif's is the thing's.
  const main = groups.find((group) => !isMeasure(group) && motifCap(reading, group) === 1);
  return groups.flatMap((group) => {
    const cap = main === undefined || group.at <= main.at || isMeasure(group) ? 1 : SECOND;
    return groupMentions(reading, group, cap);
  });
}

function groupMentions(reading: Reading, group: Group, mostlyCap: number): readonly SureMention[] {
  const scope = SCOPE_CAP[scopeOf(reading, group)];
  const said = scope > 0 && group.mentions.some((mention) => saidAs(reading, mention));
  const caps = [scope, attributeCap(reading, group), group.mentions[0]!.attribute === 'material' ? 1 : mostlyCap];
  if (said && caps[1] !== 0) return group.mentions.map((mention) => ({ mention, sure: SAID }));
  const joined = group.mentions.length > 1;
  return group.mentions.map((mention) => ({ mention, sure: Math.min(...caps, sureness(reading, mention, joined)) }));
}

function attributeCap(reading: Reading, group: Group): number {
  if (isMeasure(group)) return measureCap(reading, group);
  const { attribute } = group.mentions[0]!;
  if (attribute === 'material') return materialCap(reading, group);
  return Math.min(attribute === 'color' ? motifCap(reading, group) : 1, hyphenCap(reading, group));
}

function isMeasure(group: Group): boolean {
  return group.mentions[0]!.measure !== undefined;
}

function sureness({ tastes, jewelry }: Reading, { kind, sure }: Mention, joined: boolean): number {
  if (kind === 'fruit' && tastes) return OF_TASTE;
  if (kind === 'metal' && jewelry) return OF_METAL;
  if (sure >= DOUBTFUL) return sure;
  return joined && (kind === 'fruit' || kind === 'plain') ? JOINED : ALONE[kind];
}

/** "White rosebud frame", "red handle spoon": of a motif or a part, not of the thing. */
function motifCap(reading: Reading, group: Group): number {
  if (endsClause(reading, group)) return 1;
  const { tokens } = reading;
  const next = tokens[group.end]!.term;
  const behindThing = THINGS.has(tokens[group.at - 1]?.term ?? '') && tokens[group.at]!.gap !== 'clause';
  if (behindThing && !GROUNDS.has(next) && !PATTERNS.has(next) && !reading.covered.has(group.end)) return OF_MOTIF;
  const second = endsClause(reading, { end: group.end + 1 }) ? undefined : tokens[group.end + 1];
  const opens = isOpening(reading, group);
  if (PARTS.has(next)) return opens && second === undefined ? 1 : OF_PART;
  if (PATTERNS.has(next)) return otherColors(reading, group) ? OF_MOTIF : 1;
  if (!MOTIFS.has(next)) return 1;
  const isThing = second === undefined || second.kind === 'number' || MOTIF_THINGS.has(second.term);
  return isThing && opens ? 1 : OF_MOTIF;
}

/** Whether nothing before it in its clause can be the thing. */
function isOpening({ tokens, covered }: Reading, { at }: Group): boolean {
  for (let i = at - 1; i >= 0 && tokens[i + 1]!.gap !== 'clause'; i--) {
    const { term, kind } = tokens[i]!;
    if (at - i > REACH || (kind !== 'number' && !OPENERS.has(term) && !covered.has(i))) return false;
  }
  return true;
}

/** Part of another word ("infra-red", "red-eared"), unless it joins what is no word. */
function hyphenCap({ tokens }: Reading, { at, end }: Group): number {
  const before = tokens[at]!.gap === 'hyphen' && tokens[at - 1]?.kind === 'word';
  return before || tokens[end]?.gap === 'hyphen' ? OF_PART : 1;
}

/** Whether the text has a color elsewhere: the spots are not what is spotted. */
function otherColors({ mentions }: Reading, { at, end }: Group): boolean {
  const sure = mentions.filter((mention) => mention.attribute === 'color' && mention.sure > SECOND);
  return sure.length > 0 && (sure[0]!.at < at || sure.at(-1)!.at >= end);
}

/** "Up to 5 kg", "30 m waterproof": what it bears, not what it measures. */
function measureCap({ tokens }: Reading, { at, end }: Group): number {
  const borne = BORNE_BEFORE.test(tokens[at - 1]?.term ?? '') || BORNE_AFTER.test(tokens[end]?.term ?? '');
  return borne ? OF_PART : 1;
}

function materialCap(reading: Reading, group: Group): number {
  const before = reading.tokens[group.at - 1]?.term ?? '';
  const next = endsClause(reading, group) ? undefined : reading.tokens[group.end]!.term;
  if (IMITATED_BEFORE.has(before) || (next !== undefined && IMITATED_AFTER.has(next))) return 0;
  const id = group.mentions[0]!.concept?.id;
  if ((id === 'gold' || id === 'silver') && !reading.jewelry) return 0;
  // "Biscuit tin" and "beer glass" are things; "tin box" and "glass vase" are of it.
  if (id === 'tin' && next === undefined) return 0;
  return id === 'glass' && next === undefined ? OF_MOTIF : hyphenCap(reading, group);
}
