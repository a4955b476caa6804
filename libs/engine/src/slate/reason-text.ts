import type { Explanation, Item } from '@attune/sdk';
import { REASON_TEXTS } from './reason-texts.table.js';

/** Maps, since keys come from plugins and languages from callers. */
const LANGUAGES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(REASON_TEXTS).map(([language, texts]) => [language, new Map(Object.entries(texts))]),
);

/** What a reason says to a person. `language`: BCP 47; English where it has no text. A key without any is shown as it is. */
export function reasonText(
  { reason, evidence, params }: Explanation,
  items: ReadonlyMap<string, Item>,
  language = 'en',
): string {
  const [primary = ''] = language.toLowerCase().split('-');
  const text = LANGUAGES.get(primary)?.get(reason) ?? LANGUAGES.get('en')?.get(reason) ?? reason;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = evidence[Number(name)];
    return id === undefined ? String(Object.hasOwn(params, name) ? params[name] : '') : (items.get(id)?.title ?? id);
  });
}
