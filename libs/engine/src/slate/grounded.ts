import type { Explanation, GivenReason, Item } from '@attune/sdk';

/** Names of fields that reasons speak of. */
const FIELDS: ReadonlySet<string> = new Set(['brand', 'category', 'price', 'tag']);

/** What a reason may speak of: the item it is given for, the items it points to, and what was asked for. */
export interface ReasonGround {
  readonly item: Item | undefined;
  readonly evidence: readonly (Item | undefined)[];
  readonly query: string | undefined;
}

/**
 * A parameter of a reason that names what is nowhere in its ground: neither a text nor an attribute's name there; undefined where all
 * are. Lists are compared word by word, joined by commas, whatever their case.
 */
export function inventedBy({ params }: Explanation, { item, evidence, query }: ReasonGround): string | undefined {
  const values = Object.values(params);
  if (values.length === 0) return undefined;
  const ground = JSON.stringify([item, evidence, query]).toLowerCase();
  const named = values.flatMap((value) => String(value).split(', '));
  // As JSON writes it: a quote or a line end in a value is escaped in the ground, too.
  const isThere = (value: string): boolean => ground.includes(JSON.stringify(value.toLowerCase()).slice(1, -1));
  return named.find((value) => !FIELDS.has(value) && !isThere(value));
}

/** Most UTF-16 units of a phrased reason. */
const MOST_CHARS = 160;
/** What a line of plain words never has: control and invisible characters, line ends, markup, addresses. */
const NOT_PLAIN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}<>]|:\/\/|\bwww\./iu;
const NUMBERS = /\p{Nd}+/gu;

/**
 * Why a text cannot be what a reason says; undefined where it can. The least that holds for every plugin: whether its words say only
 * what they may is for the plugin to prove. Numbers are compared digit by digit.
 */
export function unfitText(text: unknown, { text: before }: GivenReason, ground: ReasonGround): string | undefined {
  if (typeof text !== 'string' || text.trim() === '') return 'a phrased reason without words';
  if (text.length > MOST_CHARS) return `a phrased reason of ${text.length} characters, more than ${MOST_CHARS}`;
  if (NOT_PLAIN.test(text)) return 'a phrased reason with markup, an address, or more than one line';
  const { item, evidence, query } = ground;
  const known = new Set(JSON.stringify([item, evidence, query, before]).normalize('NFKC').match(NUMBERS));
  const invented = (text.normalize('NFKC').match(NUMBERS) ?? []).find((number) => !known.has(number));
  return invented === undefined ? undefined : `a phrased reason names "${invented}", which is not in its evidence`;
}
