// A query for each basket: the two rarest words of the title of one of its items, which is what is looked for.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './gateway.mjs';

const { uniform } = createRequire(import.meta.url)(join(ROOT, 'libs', 'evaluation', 'dist'));

const WORD = /[\p{L}\p{N}]+/gu;
const wordsOf = (title) => [
  ...new Set((title.toLowerCase().match(WORD) ?? []).filter((word) => /\p{L}{2}/u.test(word))),
];

/** `[{ basket, target, query }]`; the item is drawn from the basket, seeded. Titles of fewer than two words are passed over. */
export function knownItemQueries(items, baskets, seed = 42) {
  const words = new Map(items.map(({ id, title }) => [id, wordsOf(title)]));
  const titles = new Map();
  for (const some of words.values()) for (const word of some) titles.set(word, (titles.get(word) ?? 0) + 1);
  const random = uniform(seed);
  return baskets.flatMap((basket) => {
    const usable = [...new Set(basket.itemIds)].filter((id) => (words.get(id)?.length ?? 0) >= 2);
    const draw = random();
    if (usable.length === 0) return [];
    const target = usable[Math.floor(draw * usable.length)];
    const rarest = new Set(
      [...words.get(target)].sort((a, b) => titles.get(a) - titles.get(b) || (a < b ? -1 : 1)).slice(0, 2),
    );
    return [
      {
        basket,
        target,
        query: words
          .get(target)
          .filter((word) => rarest.has(word))
          .join(' '),
      },
    ];
  });
}
