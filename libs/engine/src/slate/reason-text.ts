import type { Explanation, Item } from '@attune/sdk';

/** English for a reason key; `{0}` is the first piece of evidence's title, `{name}` a parameter. A key without text is shown as it is. */
const TEXTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'because-you-bought': 'Because you bought {0}',
    'because-you-viewed': 'Because you looked at {0}',
    'because-in-cart': 'Goes with {0} in your cart',
    'goes-with': 'Goes with {0}',
    'bought-before': 'You bought this before',
    'attribute-match': 'Matches your taste: {attribute} {value}',
    'matches-query': 'Matches {words}',
    popular: 'Popular right now',
  }),
);

export function reasonText({ reason, evidence, params }: Explanation, items: ReadonlyMap<string, Item>): string {
  const text = TEXTS.get(reason) ?? reason;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = evidence[Number(name)];
    return id === undefined ? String(Object.hasOwn(params, name) ? params[name] : '') : (items.get(id)?.title ?? id);
  });
}
