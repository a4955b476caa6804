import {
  AMOUNTS,
  JOINERS,
  NEGATIONS,
  OF_OTHERS,
  OF_PARTS,
  ZH_CHOSEN_AFTER,
  ZH_DENIED,
  ZH_MOTIF_AFTER,
  ZH_PART_BEFORE,
} from '../words/context.table.js';
import type { Group } from './groups.js';
import { endsClause, type Reading } from './reading.js';

/**
 * Whose a value is, by the words before it: the thing's, that of one of several things ("and"), that of a part or of what
 * is shown with it, or of something else: then it is none of this item's.
 */
export type Scope = 'thing' | 'joined' | 'part' | 'none';

/** Highest confidence of a value by whose it is. */
export const SCOPE_CAP: Readonly<Record<Scope, number>> = { thing: 1, joined: 0.75, part: 0.6, none: 0 };

/** How far back a preposition reaches, in tokens. */
const REACH = 8;
const NEGATION_REACH = 2;
const CHINESE_REACH = 4;

export function scopeOf(reading: Reading, group: Group): Scope {
  const { tokens } = reading;
  const chinese = chineseScope(reading, group);
  if (chinese !== undefined) return chinese;
  const ends = endsClause(reading, group);
  for (let i = group.at - 1; i >= 0 && i >= group.at - REACH && tokens[i + 1]!.gap !== 'clause'; i--) {
    const { term } = tokens[i]!;
    const distance = group.at - 1 - i;
    if (NEGATIONS.has(term) && distance <= NEGATION_REACH) return 'none';
    // "Lid for pots, red" and "hook for coats white": what ends the text is likelier the thing's than that of the last noun.
    const trailing = ends && distance >= 1;
    if (OF_OTHERS.has(term)) return trailing ? 'joined' : 'none';
    if (OF_PARTS.has(term)) return trailing ? 'joined' : 'part';
    if (term === 'in' && tokens[i + 1]!.kind !== 'number')
      return distance === 0 && ends ? 'thing' : trailing ? 'joined' : 'part';
    if (term === 'of') return isAmount(reading, i - 1) ? 'thing' : 'part';
    if (joinsThings(reading, i)) return trailing ? 'thing' : 'joined';
  }
  return 'thing';
}

/** "Cup & saucer": not "set/3", nor "red & white". */
function joinsThings(reading: Reading, at: number): boolean {
  const { tokens, covered } = reading;
  if (!JOINERS.has(tokens[at]!.term) || isAmount(reading, at - 1) || tokens[at + 1]?.kind === 'number') return false;
  return !covered.has(at - 1) || !covered.has(at + 1);
}

function isAmount({ tokens }: Reading, at: number): boolean {
  const token = tokens[at];
  return token !== undefined && (token.kind === 'number' || AMOUNTS.has(token.term));
}

function chineseScope({ text, tokens }: Reading, { mentions, at, end }: Group): Scope | undefined {
  const from = tokens[at]!.from;
  const before = text.slice(Math.max(0, from - CHINESE_REACH), from);
  const to = tokens[end - 1]!.to;
  const after = text.slice(to, to + CHINESE_REACH);
  if (ZH_DENIED.test(before)) return 'none';
  if (ZH_PART_BEFORE.test(before) || ZH_CHOSEN_AFTER.test(after)) return 'part';
  return mentions[0]?.attribute === 'color' && ZH_MOTIF_AFTER.test(after) ? 'part' : undefined;
}
