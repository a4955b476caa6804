import {
  eventColumns,
  rowsOf,
  type Batch,
  type Candidates,
  type EventColumns,
  type GivenReason,
  type Item,
  type Need,
  type Plugin,
  type RequestCore,
  type ExplainedSlate,
  type Slate,
  type VectorBlock,
  type View,
} from '@attune/sdk';
import { seededRandom } from '../runtime/seeded-random.js';
import { RequestContext } from '../slate/request-context.js';

/** Blocks as plain data, so that they can cross to another thread; and back. Only declared needs cross. */
type WireEvents = Pick<EventColumns, 'items' | 'types' | 'at' | 'values'>;
type WireCore = Omit<RequestCore, 'allowed' | 'random'> & { readonly seed: string };
export interface WireView extends WireCore {
  readonly history?: WireEvents;
  readonly session?: WireEvents;
  readonly query?: View<'query'>['query'];
  readonly context?: View<'context'>['context'];
  readonly user?: View<'user'>['user'];
}
interface WireCandidates {
  readonly ids: readonly string[];
  readonly sources: Uint32Array;
  readonly itemVectors: Readonly<Record<string, VectorBlock>>;
  readonly items?: readonly Item[];
  readonly titles?: readonly string[];
}
export interface WireBatch {
  readonly requests: readonly WireView[];
  readonly offsets: Uint32Array;
  readonly candidates: WireCandidates;
}
export interface WireSlate {
  readonly request: WireView;
  readonly candidates: WireCandidates;
  readonly scores: Float64Array;
}
export interface WireExplainedSlate extends WireSlate {
  readonly contributions: ReadonlyMap<string, Float64Array>;
  readonly given: readonly (GivenReason | undefined)[];
  readonly language: string;
}

const packEvents = ({ items, types, at, values }: EventColumns): WireEvents => ({ items, types, at, values });

export function packView(view: View<Need>, { needs }: Plugin): WireView {
  const { id, now, surface, userId, itemIds, limit, seen, personalize, where, filter, exclude } = view;
  return {
    // Numbers drawn in the thread are those drawn in the process.
    seed: view instanceof RequestContext ? view.seed : id,
    ...{ id, now, surface, userId, itemIds, limit, seen, personalize, where, filter, exclude },
    ...(needs.includes('history') && { history: packEvents(view.history) }),
    ...(needs.includes('session') && { session: packEvents(view.session) }),
    ...(needs.includes('query') && { query: view.query }),
    ...(needs.includes('context') && { context: view.context }),
    ...(needs.includes('user') && { user: view.user }),
  };
}

function packCandidates(candidates: Candidates<Need, string>, plugin: Plugin): WireCandidates {
  const { ids, sources, items, titles } = candidates;
  return {
    ids,
    sources,
    itemVectors: Object.fromEntries(plugin.itemVectors.map((space) => [space, candidates.itemVectors[space]!])),
    ...(plugin.needs.includes('items') && { items }),
    ...(plugin.needs.includes('titles') && { titles }),
  };
}

export const packBatch = ({ requests, offsets, candidates }: Batch<Need, string>, plugin: Plugin): WireBatch => ({
  requests: requests.map((view) => packView(view, plugin)),
  offsets,
  candidates: packCandidates(candidates, plugin),
});

export const packSlate = ({ request, candidates, scores }: Slate<Need, string>, plugin: Plugin): WireSlate => ({
  request: packView(request, plugin),
  candidates: packCandidates(candidates, plugin),
  scores,
});

export function unpackView({ history, session, seed, ...rest }: WireView): View<Need> {
  const view = {
    ...rest,
    allowed: () => Promise.resolve(undefined),
    random: seededRandom(seed),
    ...(history && { history: eventColumns(history) }),
    ...(session && { session: eventColumns(session) }),
  };
  // Signals that were not declared did not cross; the plugin's types say so.
  return view as unknown as View<Need>;
}

function unpackCandidates(wire: WireCandidates): Candidates<Need, string> {
  const candidates = {
    ...wire,
    size: wire.ids.length,
    rows: (vocabulary: Parameters<typeof rowsOf>[0]) => rowsOf(vocabulary, wire.ids),
  };
  return candidates as Candidates<Need, string>;
}

export const unpackBatch = ({ requests, offsets, candidates }: WireBatch): Batch<Need, string> => ({
  requests: requests.map(unpackView),
  offsets,
  candidates: unpackCandidates(candidates),
});

export const unpackSlate = ({ request, candidates, scores }: WireSlate): Slate<Need, string> => ({
  request: unpackView(request),
  candidates: unpackCandidates(candidates),
  scores,
});

export const packExplainedSlate = (slate: ExplainedSlate<Need, string>, plugin: Plugin): WireExplainedSlate => ({
  ...packSlate(slate, plugin),
  contributions: slate.contributions,
  given: slate.given,
  language: slate.language,
});

export const unpackExplainedSlate = ({
  contributions,
  given,
  language,
  ...slate
}: WireExplainedSlate): ExplainedSlate<Need, string> => ({ ...unpackSlate(slate), contributions, given, language });
