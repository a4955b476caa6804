import type { EngineRequest } from '@attune/engine';
import { AttuneError, type CandidateTrace, type SlateAnswer, type Trace, type WhyRequest } from '@attune/sdk';
import type { WhyAnswer } from '../../../../slates/why.schema.js';
import { checkFilterable } from '../../filterable.js';
import { refuseUntilReady, type Asking } from '../asking.js';
import { engineRequest } from '../engine-request.js';
import { serveOne, type Addressed } from '../serve-one.js';
import { searchQuery, understood, type SearchQuery } from '../understood.js';
import { catalogueVerdict, rankVerdict, rerankVerdict, retrieveVerdict, shownVerdict } from './verdicts.js';
import { filterVerdict } from './filter-verdict.js';
import type { Verdict, Way } from './way.js';

/**
 * Why an item is shown or is not: the request is asked again with a trace, and where nobody proposed the item once more
 * with the item among the candidates. Throws what the slate's own call throws.
 */
export async function whyFor(body: WhyRequest, asking: Asking): Promise<WhyAnswer> {
  refuseUntilReady(asking.platform);
  const { itemId, surface, artifacts, seen = surface === 'search' ? 'include' : 'exclude', ...rest } = body;
  checkFilterable(rest.filter, asking.platform.config.attributes);
  const { query, filter } = await queryOf(body, asking);
  const asked = { ...rest, filter, seen, explain: false, trace: true, paging: false };
  const request = engineRequest(asked, query, asking);
  const way = await wayOf(itemId, { surface, artifacts, request }, asking);
  const verdict = await verdictOn(way, asking);
  const { own, cutoff } = way;
  return {
    itemId,
    shown: verdict.stage === 'shown',
    of: way.survivors.length,
    ...verdict,
    ...(own?.score !== undefined && { score: own.score, contributions: own.contributions ?? {} }),
    ...(cutoff !== undefined && {
      cutoff: { itemId: cutoff.id, score: cutoff.score ?? 0, contributions: cutoff.contributions ?? {} },
    }),
    retrievers: retrieversOf(way, asking),
  };
}

/** The words as the surface's own call searches with them. */
async function queryOf(
  { surface, query, ...asked }: WhyRequest,
  asking: Asking,
): Promise<Pick<SearchQuery, 'query' | 'filter'>> {
  if (surface === 'search' && query !== undefined && query.trim() !== '')
    return searchQuery({ ...asked, query }, asking);
  return { query: await understood(query, asking), filter: asked.filter };
}

async function wayOf(itemId: string, addressed: Addressed, asking: Asking): Promise<Way> {
  const { slate } = await serveOne(addressed, asking);
  const [item] = await asking.tenant.stores.items.get([itemId]);
  const found = traceOf(slate).candidates.find(({ id }) => id === itemId);
  if (found !== undefined || item === undefined) return way(itemId, found, addressed, { slate, item });
  const request: EngineRequest = { ...addressed.request, probe: itemId };
  const probed = (await serveOne({ ...addressed, request }, asking)).slate;
  const candidate = traceOf(probed).candidates.find(({ id }) => id === itemId);
  return way(itemId, candidate, addressed, { slate: probed, item, shown: slate });
}

interface Asked {
  readonly slate: SlateAnswer;
  readonly item: Way['item'];
  /** The slate without the item among the candidates, where that is another one. */
  readonly shown?: SlateAnswer;
}

function way(
  itemId: string,
  own: CandidateTrace | undefined,
  { surface, request }: Addressed,
  { slate, item, shown = slate }: Asked,
): Way {
  const { candidates } = traceOf(slate);
  const survivors = candidates
    .filter(({ score }) => score !== undefined)
    // A sort that is stable: equal scores stay in the trace's order.
    .sort((a, b) => b.score! - a.score!);
  const last = shown.items.at(-1)?.id;
  const cutoff = traceOf(shown).candidates.find(({ id }) => id === last);
  return { itemId, surface, request, item, own, candidates, survivors, cutoff, isProbed: shown !== slate };
}

async function verdictOn(way: Way, asking: Asking): Promise<Verdict> {
  const { own, item, request } = way;
  if (item === undefined || own === undefined) return catalogueVerdict(way);
  if (own.filteredBy !== undefined) return filterVerdict(way, own.filteredBy, asking);
  if (way.isProbed) return retrieveVerdict(way, retrieversOf(way, asking));
  if (own.rank !== undefined) return shownVerdict(own.rank, request.limit);
  const before = own.movedBy?.[0]?.from ?? way.survivors.indexOf(own) + 1;
  return before <= request.limit ? rerankVerdict(way, own) : rankVerdict(way, own);
}

/** Every retriever of the surface, and whoever else proposed. */
function retrieversOf({ surface, candidates, own }: Way, { tenant }: Asking): WhyAnswer['retrievers'] {
  const spec = tenant.engine.sources.find((source) => source.spec.surface === surface)?.spec;
  if (spec === undefined) throw new AttuneError('SURFACE_NOT_FOUND', `no surface '${surface}'`);
  const proposed = new Map<string, number>();
  for (const { proposedBy } of candidates)
    for (const { plugin } of proposedBy) proposed.set(plugin, (proposed.get(plugin) ?? 0) + 1);
  const fallback = { name: `fallback ${spec.fallback.use}`, limit: FALLBACK_LIMIT };
  const named = spec.retrieve.map(({ use, as, limit }) => ({ name: as ?? use, limit }));
  return [...named, ...(proposed.has(fallback.name) ? [fallback] : [])].map(({ name, limit }) => {
    const position = own?.proposedBy.find(({ plugin }) => plugin === name)?.position;
    return { name, limit, proposed: proposed.get(name) ?? 0, ...(position !== undefined && { position }) };
  });
}

/** What the engine asks of a fallback. */
const FALLBACK_LIMIT = 1000;

function traceOf({ trace }: SlateAnswer): Trace {
  if (trace === undefined) throw new Error('a slate asked for with its trace has none');
  return trace;
}
