import {
  allOf,
  compilePredicate,
  type Batch,
  type Candidates,
  type EventColumns,
  type Item,
  type Need,
  type Predicate,
  type RequestCore,
  type ExplainedSlate,
  type Slate,
  type User,
  type VectorBlock,
  type View,
  rowsOf,
  type Vocabulary,
} from '@attune/sdk';
import { hashText, seeded } from './seeded.js';
import type { Ask, World } from './world.js';
import { historyOf, sessionOf } from './world-data.js';

/** A request of a world, in full: every member but `userId` has a default. */
export interface WorldAsk extends Ask {
  /** Default: the world's clock. */
  readonly now?: number;
  readonly limit?: number;
  readonly seen?: 'exclude' | 'include';
  readonly filter?: Predicate;
  readonly exclude?: readonly string[];
  /** Default 1. */
  readonly personalize?: number;
  /** Default: what the world says of the user. */
  readonly user?: User;
  readonly context?: Readonly<Record<string, string | number | boolean>>;
  /** Default: what the user did in the world. */
  readonly history?: EventColumns;
  /** Default: the end of the history whose events lie at most 30 minutes apart. */
  readonly session?: EventColumns;
}

/** A request with every signal, as the engine would gather it; made anew, so its `random` starts from the beginning. */
export function worldRequest(world: World, ask: WorldAsk = {}): View<Need> {
  const { id = `${ask.userId ?? 'nobody'}-request`, now = world.now, exclude = [], filter } = ask;
  const history = ask.history ?? historyOf(world, ask.userId, now);
  const where = allOf([filter, exclude.length > 0 ? { id: { $nin: exclude } } : undefined]);
  return {
    id,
    now,
    surface: ask.surface ?? (ask.query === undefined ? (ask.itemIds?.length ? 'item' : 'home') : 'search'),
    userId: ask.userId,
    itemIds: ask.itemIds ?? [],
    limit: ask.limit ?? 10,
    seen: ask.seen ?? 'exclude',
    personalize: ask.personalize ?? 1,
    where,
    filter,
    exclude,
    allowed: allowedBy(world, where),
    random: seeded(id),
    history,
    session: ask.session ?? sessionOf(history, now),
    query: ask.query === undefined ? undefined : { text: ask.query },
    user: ask.user ?? world.users?.find(({ id }) => id === ask.userId),
    context: ask.context ?? {},
  };
}

/** One request of a batch and the candidates it owns. */
export interface BatchPart {
  readonly request: View<Need>;
  readonly ids: readonly string[];
}

/** Many requests at once, candidates in the given order, every signal and space of the world gathered. */
export function worldBatch(world: World, parts: readonly BatchPart[]): Batch<Need, string> {
  const offsets = new Uint32Array(parts.length + 1);
  parts.forEach((part, r) => (offsets[r + 1] = offsets[r]! + part.ids.length));
  return {
    requests: parts.map((part) => part.request),
    offsets,
    candidates: worldCandidates(
      world,
      parts.flatMap((part) => part.ids),
    ),
  };
}

/** A ranked list of one request: scores fall from 1 towards 0 in the given order. */
export function worldSlate(world: World, request: View<Need>, ids: readonly string[]): Slate<Need, string> {
  return {
    request,
    candidates: worldCandidates(world, ids),
    scores: Float64Array.from(ids, (_, i) => 1 - i / ids.length),
  };
}

/** The same as it is shown: its scores are made of one part, `fit`, and each item is said to be popular. */
export function worldExplainedSlate(
  world: World,
  request: View<Need>,
  ids: readonly string[],
): ExplainedSlate<Need, string> {
  const slate = worldSlate(world, request, ids);
  const given = ids.map(() => ({ reason: 'popular', evidence: [], params: {}, text: 'Popular right now' }));
  return { ...slate, contributions: new Map([['fit', slate.scores]]), given, language: 'en' };
}

/** Candidates with documents, titles and a block a space; an id outside the catalogue has a document of its id alone. */
export function worldCandidates(world: World, ids: readonly string[]): Candidates<Need, string> {
  const byId = new Map(world.items.map((item, row) => [item.id, row]));
  const items: Item[] = ids.map((id) => world.items[byId.get(id) ?? -1] ?? { id, title: id });
  const itemVectors: Record<string, VectorBlock> = {};
  for (const [space, block] of world.spaces) itemVectors[space] = gatherRows(block, ids, byId);
  const memo = new Map<Vocabulary, Int32Array>();
  return {
    size: ids.length,
    ids: [...ids],
    sources: Uint32Array.from(ids, (id) => 1 << (hashText(id) % 2)),
    rows(vocabulary) {
      const rows = memo.get(vocabulary) ?? rowsOf(vocabulary, ids);
      memo.set(vocabulary, rows);
      return rows;
    },
    items,
    titles: items.map((item) => item.title),
    itemVectors,
  };
}

/** Rows of given ids, NaN where unknown: `[ids × dims]`. */
export function gatherRows(
  block: VectorBlock,
  ids: readonly string[],
  rowOf: ReadonlyMap<string, number>,
): VectorBlock {
  const { dims } = block;
  const data = new Float32Array(ids.length * dims).fill(NaN);
  ids.forEach((id, i) => {
    const row = rowOf.get(id);
    if (row !== undefined) data.set(block.data.subarray(row * dims, (row + 1) * dims), i * dims);
  });
  return { ...block, rows: ids.length, data };
}

function allowedBy(world: World, where: Predicate | undefined): RequestCore['allowed'] {
  const memo = new Map<Vocabulary, Uint8Array>();
  if (where === undefined) return () => Promise.resolve(undefined);
  const test = compilePredicate(where);
  const passing = new Set(world.items.filter(test).map((item) => item.id));
  return async (vocabulary) => {
    const known = memo.get(vocabulary);
    if (known !== undefined) return known;
    const mask = new Uint8Array(vocabulary.size);
    for (let row = 0; row < mask.length; row++) mask[row] = passing.has(vocabulary.id(row)) ? 1 : 0;
    memo.set(vocabulary, mask);
    return mask;
  };
}
