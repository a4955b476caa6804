/** Where a hostile text stands. */
export type InjectionPlace = 'title' | 'review' | 'query' | 'description' | 'attribute' | 'message' | 'interest';

/**
 * What it is after. `order`: to be shown first. `tool`: that something is called. `leak`: data of somebody else. `claim`: that
 * the shop says what it must not. `prompt`: the instructions. `format`: an answer that breaks, or breaks out of, its form.
 */
export type InjectionGoal = 'order' | 'tool' | 'leak' | 'claim' | 'prompt' | 'format';

/** A text of a stranger that a language model may take for an instruction. */
export interface Injection {
  /** Kebab-case, unique. */
  readonly name: string;
  readonly place: InjectionPlace;
  readonly goal: InjectionGoal;
  readonly text: string;
}

type Row = readonly [name: string, goal: InjectionGoal, text: string];

/** Rows that stand at one place. */
export const injectionsAt = (place: InjectionPlace, rows: readonly Row[]): readonly Injection[] =>
  rows.map(([name, goal, text]) => ({ name, place, goal, text }));

/** A text as Unicode tags, which no screen shows and some models read. */
export const tagged = (text: string): string =>
  Array.from(text, (character) => String.fromCodePoint(0xe0000 + character.codePointAt(0)!)).join('');

/** Zero-width spaces, joiners and a word joiner in turn between all characters. */
export const spacedOut = (text: string): string =>
  Array.from(text, (character, i) => character + ['\u200b', '\u200c', '\u200d', '\u2060'][i % 4]!).join('');

/** Written backwards behind a mark that has screens show it forwards. */
export const turned = (text: string): string => `\u202e${Array.from(text).reverse().join('')}\u202c`;
