import { compilePredicate, valuesAt, type Item, type Predicate } from '@attune/sdk';
import type { Asking } from '../asking.js';
import { quoted, type Verdict, type Way } from './way.js';

type Said = Pick<Verdict, 'explanation' | 'wouldHelp'>;

/** What a filter removed it for: the built-in ones say more than that they did. */
export async function filterVerdict(way: Way, by: string, { tenant }: Asking): Promise<Verdict> {
  const said =
    by === 'availability'
      ? unavailable()
      : by === 'seen'
        ? await seen(way, tenant.stores.events)
        : by === 'where'
          ? unwanted(way)
          : by === 'seeds'
            ? seed()
            : unknown(way, by);
  return { stage: 'filter', by, ...said };
}

const unavailable = (): Said => ({
  explanation: 'The filter availability removed it: the item says available: false.',
  wouldHelp: ['Set available to true with PATCH /v1/items/{id}.'],
});

const seed = (): Said => ({
  explanation: 'The filter seeds removed it: the request itself names it.',
  wouldHelp: ['Leave it out of itemIds.'],
});

const unknown = ({ surface }: Way, by: string): Said => ({
  explanation: `The filter ${by} removed it.`,
  wouldHelp: [`Look at the options of ${by} in the pipeline of surface ${surface}.`],
});

/** The newest event that keeps it away; dislikes and hides first, since those keep it away for good. */
async function seen({ request, itemId }: Way, events: Asking['tenant']['stores']['events']): Promise<Said> {
  const { size, items, types, at } = await events.history(request, request.now);
  const own = Array.from({ length: size }, (_, i) => i).filter((i) => items[i] === itemId);
  const never = own.filter((i) => types[i] === 'dislike' || types[i] === 'hide').at(-1);
  const day = (i: number): string => new Date(at[i]!).toISOString().slice(0, 10);
  if (never !== undefined) {
    return {
      explanation: `The filter seen removed it: the user sent ${types[never]!} for it on ${day(never)}.`,
      wouldHelp: ['Nothing: what a user hid or disliked never returns to him.'],
    };
  }
  const bought = own.filter((i) => types[i] === 'purchase').at(-1) ?? own.at(-1);
  const when = bought === undefined ? '' : ` on ${day(bought)}`;
  const what = bought === undefined || types[bought] === 'purchase' ? 'bought' : `seen (${types[bought]!})`;
  return { explanation: `The filter seen removed it: it was ${what}${when}.`, wouldHelp: ['Ask with seen: include.'] };
}

/** The first condition of the request that the item does not meet. */
function unwanted({ request: { filter, exclude }, itemId, item }: Way): Said {
  if (exclude.includes(itemId)) {
    return {
      explanation: 'The filter where removed it: the request excludes it.',
      wouldHelp: ['Leave it out of exclude.'],
    };
  }
  const broken = filter === undefined || item === undefined ? undefined : firstBroken(filter, item);
  return {
    explanation: `The filter where removed it: ${broken ?? 'it does not meet the request’s filter'}.`,
    wouldHelp: ['Ask without that condition, or mend the item with PATCH /v1/items/{id}.'],
  };
}

/** `the filter says attributes.color {"$eq":"red"} and the item has blue`. */
function firstBroken(filter: Predicate, item: Item): string | undefined {
  for (const [key, condition] of Object.entries(filter)) {
    if (condition === undefined || compilePredicate({ [key]: condition })(item)) continue;
    if (key === '$and') {
      const members = condition as readonly Predicate[];
      return members.map((member) => firstBroken(member, item)).find((found) => found !== undefined);
    }
    if (key.startsWith('$')) return `the filter says ${key} ${quoted(condition)}, which does not hold for the item`;
    const says = typeof condition === 'object' ? condition : { $eq: condition };
    const words = Object.entries(says).map(([operator, operand]) => `${operator} ${quoted(operand)}`);
    const has = valuesAt(item, key);
    const found = has.length === 0 ? 'none' : has.map(quoted).join(', ');
    return `the filter says ${key} ${words.join(' and ')}, and the item has ${quoted(found)}`;
  }
  return undefined;
}
