import { withWish, type Constraints } from '../wishes/constraints.js';
import type { Wish } from '../wishes/wish.js';
import { leftOutWith, newDialogue, type DialogueState } from './dialogue-state.js';
import type { TurnIntent } from './turn-intent.js';
import { ADDS, TURNS_AWAY } from './turn-words.table.js';

const [MOST_UNWANTED, UNWANTED_CHARS, MOST_QUERY, MOST_CONSTRAINTS, MOST_VALUES] = [50, 200, 2000, 30, 60];
const CATEGORIES = 'categories';

/** A turn as it was understood. */
export interface UnderstoodTurn {
  readonly text: string;
  readonly wish: Wish;
  readonly intent: TurnIntent;
}

/** What is asked for after a turn, before anything is shown for it. */
export function stateAfter(before: DialogueState, { text, wish, intent }: UnderstoodTurn): DialogueState {
  const base = wish.asks === 'start-over' ? newDialogue(before.language) : before;
  const state = { ...base, unclear: intent.kind === 'unclear' ? base.unclear + 1 : 0 };
  const shown = state.shown.map(({ id }) => id);
  switch (intent.kind) {
    case 'find':
      return found(state, text, wish);
    case 'more':
    case 'different':
      return { ...state, passed: leftOutWith(state.passed, shown) };
    case 'reject':
      return { ...state, rejected: leftOutWith(state.rejected, intent.items) };
    case 'similar': {
      const constraints = bounded(withWish(state.constraints, wish, { prices: [] }));
      return { ...state, constraints, seed: intent.items[0], passed: leftOutWith(state.passed, shown) };
    }
    default:
      return state;
  }
}

function found(state: DialogueState, text: string, wish: Wish): DialogueState {
  const { rest } = wish;
  const unwanted = wish.unwanted.map((word) => word.slice(0, UNWANTED_CHARS));
  const isNew = rest !== '' && !(state.query !== '' && ADDS.test(text) && !TURNS_AWAY.test(text));
  const before = isNew ? withoutCategory(state.constraints) : state.constraints;
  const constraints = withWish(before, wish, { prices: pricesOf(wish, state) });
  const query = rest === '' ? state.query : isNew ? rest : `${state.query} ${rest}`.slice(0, MOST_QUERY);
  const { seed, sort: sorted, ...kept } = state;
  const sort = wish.sort ?? (isNew ? undefined : (cheapest(wish, state) ?? sorted));
  return {
    ...kept,
    query,
    constraints: bounded(constraints),
    unwanted: [...new Set([...(isNew ? [] : kept.unwanted), ...unwanted])].slice(-MOST_UNWANTED),
    passed: [],
    ...(sort !== undefined && { sort }),
    ...(!isNew && seed !== undefined && { seed }),
  };
}

/** Those of the items pointed at, or of all that were shown. */
function pricesOf({ ordinals }: Wish, { shown }: DialogueState): readonly number[] {
  const meant = ordinals.length > 0 ? ordinals.map((place) => shown[place - 1]) : shown;
  return meant.flatMap((item) => (item?.price === undefined ? [] : [item.price]));
}

/** Where no price was shown that anything could be cheaper than, the order has to say it. */
function cheapest({ relative }: Wish, state: DialogueState): DialogueState['sort'] {
  if (state.shown.some(({ price }) => price !== undefined)) return undefined;
  const [first] = relative.filter(({ kind }) => kind === 'cheaper' || kind === 'dearer');
  return first === undefined ? undefined : first.kind === 'cheaper' ? 'price-asc' : 'price-desc';
}

/** Another thing is asked for: it is of another category, as a rule. Colors, prices and brands are kept. */
function withoutCategory({ [CATEGORIES]: category, ...others }: Constraints): Constraints {
  return category?.$in === undefined ? { ...others, ...(category && { [CATEGORIES]: category }) } : others;
}

/** The latest where there are too many: a filter and a remembered conversation have limits. */
function bounded(constraints: Constraints): Constraints {
  const latest = Object.entries(constraints).slice(-MOST_CONSTRAINTS);
  return Object.fromEntries(
    latest.map(([path, { $in, $nin, ...bounds }]) => [
      path,
      { ...($in && { $in: $in.slice(-MOST_VALUES) }), ...($nin && { $nin: $nin.slice(-MOST_VALUES) }), ...bounds },
    ]),
  );
}
