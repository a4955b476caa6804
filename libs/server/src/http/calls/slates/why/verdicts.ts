import type { CandidateTrace } from '@attune/sdk';
import type { WhyAnswer } from '../../../../slates/why.schema.js';
import { quoted, say, type Verdict, type Way } from './way.js';

/** Most items a slate may have. */
const MAX_LIMIT = 200;

export function catalogueVerdict({ itemId }: Way): Verdict {
  return {
    stage: 'catalogue',
    explanation: `The catalogue has no item '${quoted(itemId)}'.`,
    wouldHelp: ['Send it with POST /v1/items, and check the id.'],
  };
}

export function shownVerdict(rank: number, limit: number): Verdict {
  return { stage: 'shown', rank, explanation: `It is shown at place ${rank} of ${limit}.`, wouldHelp: [] };
}

/** Nobody proposed it: who reached his limit, and where it would stand. */
export function retrieveVerdict(way: Way, retrievers: WhyAnswer['retrievers']): Verdict {
  const { own, survivors, request, surface } = way;
  const rank = survivors.indexOf(own!) + 1;
  const full = retrievers.filter(({ limit, proposed }) => proposed >= limit);
  const reached = full.map(({ name, limit }) => `${name} reached its limit of ${limit}`);
  const others = retrievers.filter((one) => !full.includes(one)).map(({ name, proposed }) => `${name} had ${proposed}`);
  const wouldHelp = full.map(({ name, limit }) => `A limit above ${limit} for ${name} on surface ${surface}.`);
  if (others.length > 0) wouldHelp.push(`Something that leads ${namesOf(retrievers)} to it: events, or a better text.`);
  if (rank > request.limit) wouldHelp.push(`And a better score: place ${rank} is below the cut at ${request.limit}.`);
  return {
    stage: 'retrieve',
    rank,
    explanation:
      `No retriever proposed it (${[...reached, ...others].join(', ')}); ` +
      `proposed, it would rank ${rank} of ${survivors.length}.`,
    wouldHelp,
  };
}

/** Its score was too small: by how much, and which part lost it. */
export function rankVerdict({ survivors, cutoff, request }: Way, own: CandidateTrace): Verdict {
  const rank = survivors.indexOf(own) + 1;
  const place = `It ranks ${rank} of ${survivors.length} with a score of ${say(own.score ?? 0)}`;
  const lost = cutoff && largestLoss(own, cutoff);
  const against = cutoff && `; the last of ${request.limit} shown has ${say(cutoff.score ?? 0)}`;
  const why = lost && `, and most is lost by ${lost.part} (${say(lost.own)} against ${say(lost.other)})`;
  const wouldHelp = deeper(rank);
  if (cutoff !== undefined) wouldHelp.push(`A score above ${say(cutoff.score ?? 0)}.`);
  if (lost !== undefined) wouldHelp.push(`A higher ${lost.part}: ${say(lost.other)} is what the last item shown has.`);
  return {
    stage: 'rank',
    rank,
    ...(lost && { by: lost.part }),
    explanation: `${place}${against ?? ''}${why ?? ''}.`,
    wouldHelp,
  };
}

/** Its score was enough, but a re-ranker moved it below the cut. */
export function rerankVerdict({ survivors, request, item }: Way, own: CandidateTrace): Verdict {
  const rank = survivors.indexOf(own) + 1;
  const moves = own.movedBy ?? [];
  const fatal = moves.find(({ to }) => to > request.limit);
  const by = fatal?.by ?? 'the re-rankers';
  const to = fatal?.to ?? request.limit + 1;
  const variants = by === 'collapse-variants' && item?.groupId !== undefined;
  const because = variants ? `: another item of its group '${quoted(item.groupId)}' is shown` : '';
  return {
    stage: 'rerank',
    rank,
    by,
    explanation: `Its score gave it place ${rank}, and ${by} moved it to ${to}, below the cut at ${request.limit}${because}.`,
    wouldHelp: [
      ...deeper(to),
      variants ? 'A score above that of the other items of its group.' : `Other options for ${by}, or none of it.`,
    ],
  };
}

const deeper = (place: number): string[] => (place > MAX_LIMIT ? [] : [`A limit of ${place} or more.`]);

const namesOf = (retrievers: WhyAnswer['retrievers']): string => retrievers.map(({ name }) => name).join(' or ');

/** The part of the score by which it stays furthest behind another candidate. */
function largestLoss(
  own: CandidateTrace,
  other: CandidateTrace,
): { readonly part: string; readonly own: number; readonly other: number } | undefined {
  const parts = new Set([...Object.keys(own.contributions ?? {}), ...Object.keys(other.contributions ?? {})]);
  const losses = [...parts].map((part) => {
    const [mine, theirs] = [own.contributions?.[part] ?? 0, other.contributions?.[part] ?? 0];
    return { part, own: mine, other: theirs, loss: theirs - mine };
  });
  const [largest] = losses.filter(({ loss }) => loss > 0).sort((a, b) => b.loss - a.loss);
  return largest;
}
