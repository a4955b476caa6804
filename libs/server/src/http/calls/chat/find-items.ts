import {
  filterOf,
  foundReply,
  quickReplies,
  saidConstraints,
  withdrawal,
  withShown,
  type DialogueState,
  type FieldCounts,
} from '@attune/language/understanding';
import { allOf } from '@attune/sdk';
import type { Answering, Turn } from './turn.js';
import { slateOf, type ChatSlate, type Wanted } from './slate-of.js';

const PRICE = 'price.amount';
/** More constraints than that are not tried without one of them. */
const MOST_TRIED = 4;

/** Shows what is asked for by now: searched where there are words for it, else recommended. */
export async function* findItems(turn: Turn): Answering {
  const { state, intent, telling, wish, facts } = turn;
  const wanted = wantedOf(state, turn);
  const { filter } = wanted;
  if (filter !== undefined) yield { event: 'tool', data: { name: 'filter', arguments: { filter } } };
  yield { event: 'tool', data: toolOf(wanted) };
  const slate = await slateOf(wanted, turn);
  const shownSlate = { slateId: slate.slateId, items: slate.items, total: slate.total };
  yield { event: 'slate', data: shownSlate };
  const items = slate.items.flatMap(({ item }) => (item === undefined ? [] : [item]));
  const after = withShown(
    state,
    slate.items.map(({ id, item }) => ({ id, ...(item?.price !== undefined && { price: item.price.amount }) })),
  );
  const [seed] = state.seed === undefined ? [] : await turn.asking.tenant.stores.items.get([state.seed]);
  const kind = intent.kind === 'more' || intent.kind === 'different' ? 'more' : 'find';
  const reply = foundReply(
    {
      kind,
      state,
      items,
      seed,
      exact: slate.exact,
      without: slate.exact === 0 ? await without(turn) : undefined,
      relative: wish.relative,
      foreign: wish.foreign.length > 0 ? facts.wishes.currency : undefined,
    },
    telling,
  );
  return {
    reply,
    state: after,
    slate: shownSlate,
    cited: slate.items.flatMap(({ item }, i) => (item === undefined ? [] : [{ place: i + 1, item }])),
    quickReplies: [...quickReplies(after, countsOf(slate), { ...slate, reader: facts.reader })],
  };
}

/** What is asked of the pipelines for a state. */
function wantedOf(state: DialogueState, { asked, facts }: Pick<Turn, 'asked' | 'facts'>): Wanted {
  const { currency } = facts.wishes;
  const isPriced = PRICE in state.constraints && currency !== undefined;
  const filter = allOf([
    filterOf(state.constraints),
    isPriced ? { 'price.currency': currency } : undefined,
    asked.filter,
  ]);
  return {
    query: state.query === '' ? undefined : state.query,
    values: Object.values(state.constraints)
      .flatMap(({ $in = [] }) => $in)
      .join(' '),
    filter,
    exclude: [...state.rejected, ...state.passed],
    sort: state.sort,
    seed: state.seed,
    unwanted: state.unwanted,
    limit: asked.limit,
  };
}

const toolOf = ({
  query,
  seed,
  sort,
  filter,
}: Wanted): { name: 'search' | 'recommend'; arguments: Record<string, unknown> } => ({
  name: query === undefined ? 'recommend' : 'search',
  arguments: {
    ...(query !== undefined && { query }),
    ...(seed !== undefined && { itemIds: [seed] }),
    ...(filter !== undefined && { filter }),
    ...(sort !== undefined && { sort }),
  },
});

/** A constraint without which something is found; each is left out in turn, the one said last first. */
async function without(turn: Turn): Promise<{ readonly said: string; readonly say: string } | undefined> {
  const { state, telling, facts } = turn;
  const { language, money } = telling;
  const paths = Object.keys(state.constraints).reverse();
  if (paths.length < 1) return undefined;
  for (const path of paths.slice(0, MOST_TRIED)) {
    const { [path]: left, ...constraints } = state.constraints;
    const say = withdrawal(path, language, facts.reader);
    if (say === undefined) continue;
    const slate = await slateOf({ ...wantedOf({ ...state, constraints }, turn), limit: 1, isProbe: true }, turn);
    if (slate.exact > 0) return { said: saidConstraints({ [path]: left! }, language, money), say };
  }
  return undefined;
}

const countsOf = ({ facets }: ChatSlate): readonly FieldCounts[] =>
  facets.map(({ field, values }) => ({
    path: field,
    values: values.map(({ value, count }) => ({ value: String(value), count })),
  }));
