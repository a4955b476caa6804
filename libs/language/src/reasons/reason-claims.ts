import { onFirstUse } from '../first-use.js';
import { rowsOf, termsOf } from '../grounding/lexicon.js';
import { PhraseTree } from '../grounding/phrase-tree.js';
import { CLAIM_WORDINGS, NO_CLAIMS, type Claim } from './reason-claims.table.js';
import { OF_THIS } from './reason-words.table.js';
import type { ReadText, Unit } from './reason-units.js';

/** A claim in a text: its first token and how many it takes. */
export interface SaidClaim {
  readonly claim: Claim;
  readonly at: number;
  readonly length: number;
}

const wordings = onFirstUse(() => {
  const tree = new PhraseTree<Claim | 'none'>();
  for (const [wording] of rowsOf(NO_CLAIMS)) tree.add(termsOf(wording ?? ''), 'none');
  for (const [claim, table] of Object.entries(CLAIM_WORDINGS) as readonly (readonly [Claim, string])[])
    for (const [wording] of rowsOf(table)) tree.add(termsOf(wording ?? ''), claim);
  return tree;
});
const YOU: ReadonlySet<string> = new Set('you your youve 您 你'.split(' '));
/** How far before a word for buying the person stands who is said to do so. */
const REACH = 4;
const EVENTS: ReadonlySet<Claim> = new Set<Claim>(['bought', 'viewed', 'cart']);
/** What ends that of which a verb before is said. */
const NEXT_VERB: ReadonlySet<string> = new Set(
  'so therefore hence is are was has have go goes match matche suit fit pair complement come 所以 适 适合 搭 搭配 配 很 是'.split(
    ' ',
  ),
);
const WITH: ReadonlySet<string> = new Set('with together along 和 与'.split(' '));
const IT: ReadonlySet<string> = new Set([...OF_THIS, 'them']);

/** What a text claims, in order; words of titles that stand there as such claim nothing. */
export function claimsIn({ tokens, units }: ReadText): readonly SaidClaim[] {
  const found: SaidClaim[] = [];
  const unitOf = (at: number): Unit => units.find((unit) => at < unit.at + unit.length)!;
  for (let at = 0; at < tokens.length;) {
    const match = wordings().longest(tokens, at);
    const { named, own, past } = unitOf(at);
    const ofYou = YOU.has(tokens[at - 1]?.term ?? '');
    const isOfTitle = match?.length === 1 && (own || past) && !ofYou;
    if (match === undefined || named || isOfTitle) {
      at++;
      continue;
    }
    if (match.value !== 'none') found.push({ claim: personal(match.value, tokens, at), at, length: match.length });
    at += match.length;
  }
  return found;
}

/** "Many people buy" is of others, "you buy" is not. */
function personal(claim: Claim, tokens: ReadText['tokens'], at: number): Claim {
  if (claim !== 'selling') return claim;
  for (let i = at - 1; i >= Math.max(0, at - REACH) && tokens[i + 1]!.gap !== 'clause'; i--)
    if (YOU.has(tokens[i]!.term)) return 'bought';
  return claim;
}

/** The first claim that a reason of this key does not stand for, or that is made of another thing than its evidence. */
export function falseClaim(
  text: ReadText,
  claims: readonly SaidClaim[],
  may: readonly Claim[],
  isOwn: boolean,
): SaidClaim | undefined {
  return claims.find(
    (said) => !may.includes(said.claim) || (EVENTS.has(said.claim) && !isOfEvidence(text, said, isOwn)),
  );
}

/**
 * Whether what somebody did he did to the evidence: what stands right before is of it ("the lamp you bought"), else what comes next in
 * the clause ("you bought the lamp"), else what came before. `isOwn`: the item is its own evidence.
 */
function isOfEvidence(text: ReadText, { claim, at, length }: SaidClaim, isOwn: boolean): boolean {
  const isOf = (unit: Unit): boolean => (isIt(text, unit) ? isOwn : unit.past || (isOwn && unit.own));
  const before = unitsBefore(text, at);
  const last = before.find(({ plain }) => !plain);
  const right = before.find((unit) => !YOU.has(text.tokens[unit.at]!.term));
  const isRight = right !== undefined && (!right.plain || isIt(text, right));
  const after = unitsAfter(text, at + length);
  // "The lamp in your cart", but 购物车中的台灯.
  if (claim === 'cart' && last !== undefined && text.tokens[at]!.kind !== 'char') return isOf(last);
  if (isRight) return isOf(right) && (!WITH.has(text.tokens[at + length]?.term ?? '') || after.every(isOf));
  return after.length > 0 ? after.every(isOf) : last === undefined || isOf(last);
}

const isIt = ({ tokens }: ReadText, { at, plain }: Unit): boolean => plain && IT.has(tokens[at]!.term);

/** What a verb may be said of: things, and words for the item, up to the next verb or the end of the clause. */
function unitsAfter(text: ReadText, from: number): readonly Unit[] {
  const found: Unit[] = [];
  for (const unit of text.units.filter(({ at }) => at >= from)) {
    const { gap, term } = text.tokens[unit.at]!;
    if (gap === 'clause' || (found.length > 0 && NEXT_VERB.has(term))) break;
    if (!unit.plain || isIt(text, unit)) found.push(unit);
  }
  return found;
}

/** The units before a token, the last first, up to the beginning of the clause. */
function unitsBefore({ tokens, units }: ReadText, to: number): readonly Unit[] {
  const found: Unit[] = [];
  for (let i = units.findIndex(({ at, length }) => to < at + length); i > 0; i--) {
    if (tokens[units[i]!.at]!.gap === 'clause') break;
    found.push(units[i - 1]!);
  }
  return found;
}
