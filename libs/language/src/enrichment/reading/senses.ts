import { onFirstUse } from '../../first-use.js';
import { PhraseTree } from '../../grounding/phrase-tree.js';
import { tokensOf } from '../../grounding/tokens.js';
import * as zh from '../words/chinese.table.js';
import * as colors from '../words/colors.table.js';
import * as materials from '../words/materials.table.js';
import { COLOR_NAMES, LIGHTS, OTHER_NAMES } from '../words/names.table.js';
import * as sizes from '../words/sizes.table.js';
import { phrases, rows } from '../words/word-set.js';

export type ReadAttribute = 'color' | 'size' | 'material';

/** One thing that words stand for, in whatever language and spelling. */
export interface Concept {
  readonly attribute: ReadAttribute;
  /** The canonical English spelling. */
  readonly id: string;
  /** Of a shade: the id of the color it is a shade of. */
  readonly family: string | undefined;
  /** The canonical Chinese spelling. */
  readonly chinese: string | undefined;
}

/** `fruit`: also tastes and scents; `metal`: also materials; `letter`: S, M, L; `character`: a single Chinese one. */
export type SenseKind = 'plain' | 'fruit' | 'metal' | 'letter' | 'character';

export interface Sense {
  readonly concept: Concept;
  readonly kind: SenseKind;
  /** How sure it is where nothing around speaks against it; below .5 something must speak for it. */
  readonly sure: number;
}

/** What a phrase may stand for; nothing: it is a name. */
export type Senses = readonly Sense[];

/** Below this, something in the text must speak for a value. */
export const DOUBTFUL = 0.5;

class SenseTable {
  readonly #concepts = new Map<string, { -readonly [Member in keyof Concept]: Concept[Member] }>();
  readonly #senses = new Map<string, Sense[]>();

  add(attribute: ReadAttribute, table: string, sure: number, kind: SenseKind = 'plain'): void {
    for (const [first = '', ...others] of rows(table)) {
      const [id = '', family] = first.split('<');
      const concept = this.#concept({ attribute, id, family, chinese: undefined });
      for (const spelling of [id, ...others]) this.#put(spelling, { concept, sure, kind });
    }
  }

  addChinese(attribute: ReadAttribute, table: string, sure: number, kind: SenseKind = 'plain'): void {
    for (const [id = '', ...spellings] of rows(table)) {
      const concept = this.#concept({ attribute, id, family: undefined, chinese: spellings[0] });
      for (const spelling of spellings) this.#put(spelling, { concept, sure, kind });
    }
  }

  /** "Light blue" is blue; "navy blue" is navy, which is a color of its own. */
  addShades(): void {
    const generic = rows(colors.SHADES)[0] ?? [];
    for (const concept of [...this.#concepts.values()].filter(({ attribute }) => attribute === 'color')) {
      for (const shade of generic) this.#putPlain(`${shade} ${concept.id}`, concept);
      for (const shade of rows(colors.SHADES_OF.get(concept.id) ?? '')[0] ?? [])
        if (shade !== '') this.#putPlain(`${shade} ${concept.id}`, this.#ownColor(shade) ?? concept);
    }
    // The other spelling of gray has its own rows of phrases.
    for (const [phrase, senses] of [...this.#senses])
      if (phrase.endsWith(' gray')) this.#senses.set(phrase.replace(/gray$/, 'grey'), senses);
  }

  tree(): PhraseTree<Senses> {
    const tree = new PhraseTree<Senses>();
    for (const [phrase, senses] of this.#senses) tree.add(phrase.split(' '), senses);
    for (const table of [...COLOR_NAMES, ...OTHER_NAMES, LIGHTS, zh.ZH_NAMES])
      for (const name of phrases(table)) tree.add(termsOf(name), []);
    return tree;
  }

  #ownColor(word: string): Concept | undefined {
    return this.#senses.get(word)?.find(({ sure, kind, concept }) => sure > 0.9 && kind === 'plain' && concept.family)
      ?.concept;
  }

  #concept(concept: Concept): Concept {
    const key = `${concept.attribute} ${concept.id}`;
    const known = this.#concepts.get(key);
    if (known === undefined) {
      const added = { ...concept };
      this.#concepts.set(key, added);
      return added;
    }
    // Tables of two languages speak of one concept: what the later adds, the earlier did not have.
    known.family ??= concept.family;
    known.chinese ??= concept.chinese;
    return known;
  }

  #putPlain(phrase: string, concept: Concept): void {
    this.#put(phrase, { concept, sure: 0.92, kind: 'plain' });
  }

  #put(spelling: string, sense: Sense): void {
    const key = termsOf(spelling).join(' ');
    const senses = this.#senses.get(key) ?? [];
    if (!senses.some(({ concept }) => concept.attribute === sense.concept.attribute)) senses.push(sense);
    this.#senses.set(key, senses);
  }
}

function termsOf(phrase: string): readonly string[] {
  return tokensOf(phrase).map(({ term }) => term);
}

function built(): PhraseTree<Senses> {
  const table = new SenseTable();
  table.add('color', colors.PLAIN_COLORS, 0.92);
  table.add('color', colors.LIKELY_COLORS, 0.84, 'fruit');
  table.add('color', colors.METAL_COLORS, 0.86, 'metal');
  table.add('color', colors.GEM_COLORS, 0.84, 'metal');
  table.add('color', colors.DULL_METAL_COLORS, 0.65, 'metal');
  table.add('color', colors.UNSURE_COLORS, 0.65);
  table.add('color', colors.DOUBTFUL_COLORS, 0.3, 'fruit');
  table.add('color', colors.LAST_COLORS, 0.3);
  table.addShades();
  table.add('color', colors.SHORT_COLORS, 0.7);
  table.add('size', sizes.PLAIN_SIZES, 0.9);
  table.add('size', sizes.LIKELY_SIZES, 0.75);
  table.add('size', sizes.DOUBTFUL_SIZES, 0.6);
  table.add('size', sizes.SHORT_SIZES, 0.7);
  table.add('size', sizes.LETTER_SIZES, 0.3, 'letter');
  table.add('material', materials.PLAIN_MATERIALS, 0.92);
  table.add('material', materials.LIKELY_MATERIALS, 0.84);
  table.add('material', materials.DOUBTFUL_MATERIALS, 0.65);
  table.addChinese('color', zh.ZH_COLORS, 0.92);
  table.addChinese('color', zh.ZH_COLOR_CHARACTERS, 0.3, 'character');
  table.addChinese('size', zh.ZH_SIZES, 0.9);
  table.addChinese('material', zh.ZH_MATERIALS, 0.92);
  table.addChinese('material', zh.ZH_MATERIAL_CHARACTERS, 0.3, 'character');
  return table.tree();
}

/** All words of the tables and what they stand for. Made with the first use: it takes a tenth of a second. */
export const senses = onFirstUse(built);

/** The concept a whole value stands for, whatever its language and spelling; undefined where the tables have none. */
export function conceptOf(attribute: string, value: string): Concept | undefined {
  const tokens = tokensOf(value);
  const found = senses()
    .all(tokens, 0)
    .find(({ length, value }) => length === tokens.length && value.length > 0);
  return found?.value.find(({ concept }) => concept.attribute === attribute)?.concept;
}
