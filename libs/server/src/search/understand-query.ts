import type { Query } from '@attune/sdk';
import { languageOf } from '@attune/text';
import type { Config } from '../config/config.schema.js';
import { spaceOfLanguage } from '../embedding/language-space.js';
import type { Lexicon } from './build-lexicon.js';
import type { Synonyms } from './synonyms.js';

export interface UnderstandWith {
  readonly lexicon: Lexicon;
  readonly synonyms: Synonyms;
  readonly embedders: Config['embedders'];
  /** Whether a word is one of the language. */
  readonly isWord: (word: string) => boolean;
  /** Whether search finds anything by these words, in whatever field. */
  readonly finds: (text: string) => Promise<boolean>;
  /** BCP 47; default: told from the script. */
  readonly language?: string | undefined;
}

/**
 * A query as a shopper meant it. Its spelling is mended where a word is neither in the lexicon, nor found by search (as a
 * plural, or in a description), nor a word of the language: "something warm" is not "something farm", though only farms
 * are sold; meaning finds what is warm. `space` is left out for the main one.
 */
export async function understandQuery(typed: string, given: UnderstandWith): Promise<Query> {
  const { lexicon, synonyms, embedders, isWord, finds, language } = given;
  const unknown = lexicon.spelling.unknown(typed);
  const isRight = await Promise.all(unknown.map(async (word) => isWord(word) || (await finds(word))));
  const right = new Set(unknown.filter((_, i) => isRight[i]));
  const text = lexicon.spelling.correct(typed, right)?.text ?? typed;
  const space = spaceOfLanguage(language?.split('-', 1)[0]?.toLowerCase() ?? languageOf(typed), embedders);
  const others = synonyms.of(text);
  return {
    text,
    ...(text !== typed && { typed }),
    intent: lexicon.intents.of(text),
    ...(space !== embedders[0]?.id && { space }),
    ...(others.length > 0 && { synonyms: others }),
  };
}
