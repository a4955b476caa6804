import type { ReasonTold, WrittenLanguage } from '@attune/language';
import { sharedValues, isPhrasable, type GroundingFacts, type ReasonCheck } from '@attune/language/understanding';
import type { DocumentsPort, ExplainedSlate, Item } from '@attune/sdk';

/** A reason that may be put into other words: what a model is told of it, and what its words are held to. */
export interface PhrasingCase {
  /** Place in the slate, from 0. */
  readonly place: number;
  readonly told: ReasonTold;
  readonly check: ReasonCheck;
}

export interface PhrasingOptions {
  /** Items from the top whose reasons are looked at. */
  readonly depth: number;
  /** Words and phrases that no shopper may read. */
  readonly blocked: readonly string[];
}

/** Reasons are in Chinese where the request is, else in English, as their fixed words are. */
export const languageOfReasons = (language: string): WrittenLanguage =>
  language.toLowerCase().split('-')[0] === 'zh' ? 'zh' : 'en';

/** The reasons at the top of a slate that can be held to their data; evidence that the catalogue lost is none. */
export async function phrasingCases(
  { request, candidates, given, language }: ExplainedSlate<'query' | 'items'>,
  documents: DocumentsPort,
  { depth, blocked }: PhrasingOptions,
): Promise<readonly PhrasingCase[]> {
  const top = given.slice(0, depth);
  const ids = [...new Set(top.flatMap((reason) => reason?.evidence ?? []))];
  const found = ids.length === 0 ? [] : await documents.get(ids);
  const itemOf = new Map(found.flatMap((item) => (item === undefined ? [] : [[item.id, item] as const])));
  const facts = factsOf([...candidates.items.slice(0, depth), ...itemOf.values()]);
  return top.flatMap((reason, place) => {
    if (reason === undefined || !isPhrasable(reason.reason)) return [];
    const item = briefly(candidates.items[place]!);
    const evidence = reason.evidence.flatMap((id) => itemOf.get(id) ?? []).map((one) => briefly(one, 0));
    const common = sharedValues(item, evidence);
    const told = { title: item.title, text: reason.text, evidence: evidence.map(({ title }) => title), common };
    const query = request.query?.text;
    const { params } = reason;
    const held = { item, reason: reason.reason, evidence, params, query, language: languageOfReasons(language) };
    return [{ place, told, check: { ...held, facts, blocked } }];
  });
}

/** What could be named by mistake: the other things of the same ask. */
const factsOf = (items: readonly Item[]): GroundingFacts => ({
  values: new Map([['brand', items.flatMap(({ brand }) => brand ?? [])]]),
  names: items.map(({ title }) => title),
});

/** Reading is for time that a slate has: more of a description is no evidence, and of what a reason points to its title is. */
const READ_CHARS = 500;
const briefly = (item: Item, chars = READ_CHARS): Item =>
  item.description === undefined ? item : { ...item, description: item.description.slice(0, chars) };
