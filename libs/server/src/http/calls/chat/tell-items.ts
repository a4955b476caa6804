import { comparedReply, detailsReply, sentence, toldFields } from '@attune/language/understanding';
import type { Item } from '@attune/sdk';
import { replied, type Answering, type Outcome, type Turn } from './turn.js';

/** Items with the numbers they were shown under; those that went are left out. */
type Numbered = Outcome['cited'];

/** Says what the catalogue has of the items that were pointed at. */
export async function* tellItems(turn: Turn, ids: readonly string[]): Answering {
  const cited = await numbered(turn, ids);
  if (cited.length === 0) return gone(turn);
  const places = cited.map(({ place }) => place);
  const reply = detailsReply(itemsOf(cited), { places, asked: turn.wish.rest }, turn.telling);
  return { ...replied(reply, turn), cited };
}

/** Sets items side by side, in fields and in words. */
export async function* compareItems(turn: Turn, ids: readonly string[]): Answering {
  yield { event: 'tool', data: { name: 'compare', arguments: { itemIds: [...ids] } } };
  const cited = await numbered(turn, ids);
  if (cited.length < 2) return gone(turn);
  const items = itemsOf(cited);
  const fields = toldFields(items, turn.telling).map((field) => ({ ...field, values: [...field.values] }));
  const comparison = { itemIds: items.map(({ id }) => id), fields };
  yield { event: 'comparison', data: comparison };
  const places = cited.map(({ place }) => place);
  return { ...replied(comparedReply(items, places, turn.telling), turn), cited, comparison };
}

const itemsOf = (cited: Numbered): readonly Item[] => cited.map(({ item }) => item);

async function numbered({ asking, state }: Turn, ids: readonly string[]): Promise<Numbered> {
  const found = await asking.tenant.stores.items.get(ids);
  return found.flatMap((item, i) =>
    item === undefined ? [] : [{ place: state.shown.findIndex(({ id }) => id === ids[i]) + 1, item }],
  );
}

/** Between two turns they were deleted. */
const gone = (turn: Turn): Outcome => replied(sentence(turn.telling.language, 'none', { what: '' }), turn);
