import type { Item } from '@attune/sdk';
import { languageOf } from '@attune/text';
import type { Config } from '../config/config.schema.js';

type Embedders = Config['embedders'];

/** The space whose model reads a language: of the first embedder that names it, else the main one, which is the first. */
export function spaceOfLanguage(language: string | undefined, embedders: Embedders): string {
  const reader = language === undefined ? undefined : embedders.find(({ languages }) => languages.includes(language));
  return (reader ?? embedders[0]!).id;
}

/** The space an item is embedded in: by its `language`, else by the script of its title. */
export function spaceOfItem({ language, title }: Item, embedders: Embedders): string {
  const primary = language?.split('-', 1)[0]?.toLowerCase();
  return spaceOfLanguage(primary === undefined || primary === '' ? languageOf(title) : primary, embedders);
}
