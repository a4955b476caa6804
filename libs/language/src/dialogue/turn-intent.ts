import type { Wish } from '../wishes/wish.js';
import type { DialogueState } from './dialogue-state.js';
import { ASKS_ORDER, GREETS, LIKES, ORDER, POLITE, REJECTS, THANKS } from './turn-words.table.js';

/** What a turn of a shopper asks to be done. Items are ids of what was shown. */
export type TurnIntent =
  | { readonly kind: 'find' | 'more' | 'different' | 'handover' | 'help' | 'start-over' | 'greeting' | 'thanks' }
  | { readonly kind: 'similar'; readonly items: readonly [string] }
  | { readonly kind: 'reject' | 'details' | 'compare'; readonly items: readonly string[] }
  | { readonly kind: 'order-status'; readonly order: string | undefined }
  /** It points at items that were not shown, or compares where nothing was. */
  | { readonly kind: 'not-shown' }
  | { readonly kind: 'unclear' };

/** More at once cannot be read side by side. */
const MOST_COMPARED = 4;

/** What a turn asks for, by what was read in it and what was shown before. */
export function intentOf(text: string, wish: Wish, state: DialogueState): TurnIntent {
  const { asks } = wish;
  if (asks === 'person') return { kind: 'handover' };
  if (asks === 'order-status' || ASKS_ORDER.test(text)) return { kind: 'order-status', order: orderIn(text) };
  if (asks === 'start-over') return { kind: says(wish) ? 'find' : 'start-over' };
  if (asks === 'compare') return compared(wish, state);
  if (wish.ordinals.length > 0) return pointed(text, wish, state);
  const like = relates(wish, 'similar') && !says(wish) ? state.shown[0] : undefined;
  if (like !== undefined) return { kind: 'similar', items: [like.id] };
  if (text.replace(POLITE, '') === '' && /\p{L}/u.test(text))
    return { kind: GREETS.test(text) ? 'greeting' : 'thanks' };
  if (says(wish)) return { kind: 'find' };
  if (relates(wish, 'different')) return { kind: 'different' };
  if (asks === 'more') return { kind: 'more' };
  if (asks === 'help') return { kind: 'help' };
  if (wish.rest !== '') return { kind: 'find' };
  if (GREETS.test(text)) return { kind: 'greeting' };
  return { kind: THANKS.test(text) ? 'thanks' : 'unclear' };
}

function orderIn(text: string): string | undefined {
  const [, named, bare] = ORDER.exec(text) ?? [];
  return (named ?? bare)?.slice(0, 40);
}

/** Whether it says anything that a slate can follow. */
const says = ({ parts, relative, sort, removed, unwanted, foreign, rest, asks }: Wish): boolean =>
  parts.length + removed.length + unwanted.length + foreign.length > 0 ||
  sort !== undefined ||
  relative.some(({ kind }) => kind !== 'similar' && kind !== 'different') ||
  // "More mugs" are mugs.
  (rest !== '' && asks !== 'help');

const relates = ({ relative }: Wish, kind: 'similar' | 'different'): boolean =>
  relative.some((one) => one.kind === kind);

function compared({ ordinals }: Wish, { shown }: DialogueState): TurnIntent {
  const ids = ordinals.length > 0 ? at(ordinals, shown) : shown.map(({ id }) => id);
  if (ids === undefined || ids.length < 2) return { kind: 'not-shown' };
  return { kind: 'compare', items: ids.slice(0, MOST_COMPARED) };
}

function pointed(text: string, wish: Wish, { shown }: DialogueState): TurnIntent {
  const ids = at(wish.ordinals, shown);
  const [first] = ids ?? [];
  if (ids === undefined || first === undefined) return { kind: 'not-shown' };
  const { parts, relative } = wish;
  // "Cheaper than the second" is about its price, "the second in blue" about its like.
  if (relative.some(({ kind }) => kind === 'cheaper' || kind === 'dearer')) return { kind: 'find' };
  if (parts.length === 0 && REJECTS.test(text)) return { kind: 'reject', items: ids };
  if (parts.length > 0 || LIKES.test(text)) return { kind: 'similar', items: [first] };
  return { kind: 'details', items: ids.slice(0, MOST_COMPARED) };
}

/** The items at places from 1; undefined where one of them is none. */
function at(places: readonly number[], shown: DialogueState['shown']): readonly string[] | undefined {
  const ids = places.map((place) => shown[place - 1]?.id);
  return ids.every((id) => id !== undefined) ? ids : undefined;
}
