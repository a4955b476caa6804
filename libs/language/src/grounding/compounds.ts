import { onFirstUse } from '../first-use.js';
import { CLAIM_BEGINNINGS, CLAIM_CHARS, CLAIM_ENDINGS } from './claims.table.js';
import { ordinaryTerms, rowsOf, termsOf, type Group, type Meaning } from './lexicon.js';
import type { PhraseMatch } from './phrase-tree.js';
import type { Token } from './tokens.js';
import { IMITATIONS, LIKENESSES, SHADES } from './values.table.js';

const termSet = (table: string): ReadonlySet<string> => new Set(rowsOf(table).flat().flatMap(termsOf));
const sets = onFirstUse(() => ({
  imitations: termSet(IMITATIONS),
  likenesses: termSet(LIKENESSES),
  shades: termSet(SHADES),
}));
const SEEMING: ReadonlySet<string> = new Set(['look', 'looking', 'feel', 'feeling', 'seem', 'shine', 'shining']);
const MAY_SEEM: ReadonlySet<Group> = new Set<Group>(['material', 'country']);
/** "shockproof": of words that are written as one, these endings make a claim. */
const ONE_WORD = /^([a-z]{3,})(proof|resistant)$/;

/** Whether something only seems what its parts say: "faux leather", "silver-plated", "Italian style". */
export function onlySeems({ concept, group }: Meaning): boolean {
  if (!MAY_SEEM.has(group)) return false;
  const words = concept.split(' ');
  return sets().imitations.has(words[0] ?? '') || sets().likenesses.has(words.at(-1) ?? '');
}

/** A phrase at a token that no table can hold: an imitation, a shade of a color, an ending that claims something. */
export function compoundAt(
  tokens: readonly Token[],
  at: number,
  meaningAt: (at: number) => PhraseMatch<Meaning> | undefined,
): PhraseMatch<Meaning> | undefined {
  const here = meaningAt(at);
  const made = withWordBefore(tokens, at, meaningAt) ?? withWordAfter(tokens, at, here);
  if (made !== undefined && made.length > (here?.length ?? 0)) return made;
  return here === undefined ? claimByEnding(tokens, at) : undefined;
}

function withWordBefore(
  tokens: readonly Token[],
  at: number,
  meaningAt: (at: number) => PhraseMatch<Meaning> | undefined,
): PhraseMatch<Meaning> | undefined {
  const { term } = tokens[at]!;
  // "Looks like silver", but "if you like silver".
  const imitation = sets().imitations.has(term) && (term !== 'like' || SEEMING.has(tokens[at - 1]?.term ?? ''));
  if ((!imitation && !sets().shades.has(term)) || tokens[at + 1] === undefined || tokens[at + 1]!.gap === 'clause')
    return undefined;
  const of = meaningAt(at + 1);
  if (of === undefined || !(imitation ? of.value.group === 'material' : of.value.group === 'color')) return undefined;
  const concept = `${term} ${of.value.concept}`;
  return { value: { ...of.value, concept }, length: of.length + 1 };
}

function withWordAfter(
  tokens: readonly Token[],
  at: number,
  of: PhraseMatch<Meaning> | undefined,
): PhraseMatch<Meaning> | undefined {
  if (of === undefined || !MAY_SEEM.has(of.value.group)) return undefined;
  const next = tokens[at + of.length];
  if (next === undefined || next.gap === 'clause' || !sets().likenesses.has(next.term)) return undefined;
  const concept = `${of.value.concept} ${next.term}`;
  return { value: { ...of.value, concept }, length: of.length + 1 };
}

function claimByEnding(tokens: readonly Token[], at: number): PhraseMatch<Meaning> | undefined {
  const token = tokens[at]!;
  const after = tokens[at + 1];
  if (token.kind === 'char') return ofCharacters(tokens, at);
  if (token.kind !== 'word') return undefined;
  if (CLAIM_BEGINNINGS.has(token.term) && after?.kind === 'word' && after.gap === 'hyphen')
    return claim(`${token.term} ${after.term}`, 2);
  const [, stem, ending] = ONE_WORD.exec(token.term) ?? [];
  if (stem !== undefined) return claim(`${stem} ${ending}`, 1);
  if (after === undefined || after.gap === 'clause' || after.gap === 'none' || ordinaryTerms().has(token.term))
    return undefined;
  const how = CLAIM_ENDINGS.get(after.term);
  if (how === undefined || (how === 'hyphen' && after.gap !== 'hyphen')) return undefined;
  return claim(`${token.term} ${after.term}`, 2);
}

const claim = (concept: string, length: number): PhraseMatch<Meaning> => ({
  value: { concept, group: 'claim' },
  length,
});

/** A character before 色 is a color; after 无, 防 or 不含 it is a claim. */
function ofCharacters(tokens: readonly Token[], at: number): PhraseMatch<Meaning> | undefined {
  const run = tokens
    .slice(at, at + 3)
    .map(({ term, kind, gap }, i) => (kind === 'char' && (i === 0 || gap === 'none') ? term : ''));
  const [first = '', second = '', third = ''] = run;
  if (second === '色') return { value: { concept: `${first} 色`, group: 'color' }, length: 2 };
  if (first === '不' && second === '含' && third !== '') return claim(`不 含 ${third}`, 3);
  return CLAIM_CHARS.has(first) && second !== '' ? claim(`${first} ${second}`, 2) : undefined;
}
