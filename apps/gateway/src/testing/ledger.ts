import type { CandidateAnswer, SlateAnswer } from './answers.js';

/** Everything that is wrong with the accounts of one slate; empty where every number adds up. */
export function faultsOf({ items, trace }: SlateAnswer, limit: number): readonly string[] {
  const faults: string[] = [];
  const fault = (holds: boolean, text: string): void => void (holds || faults.push(text));
  fault(items.length <= limit, `${items.length} items where ${limit} were asked for`);
  fault(new Set(items.map(({ id }) => id)).size === items.length, 'an item twice');
  items.forEach(({ id, rank, score, contributions }, i) => {
    fault(rank === i + 1, `${id} has rank ${rank} in place ${i + 1}`);
    fault(sum(contributions) === score, `the contributions of ${id} add to ${sum(contributions)}, not to ${score}`);
  });
  if (trace === undefined) return [...faults, 'no trace'];
  const { candidates, stages } = trace;
  fault(new Set(candidates.map(({ id }) => id)).size === candidates.length, 'a candidate twice');
  const shown = candidates.filter(({ rank }) => rank !== undefined).sort((a, b) => a.rank! - b.rank!);
  fault(
    JSON.stringify(shown.map(kept)) === JSON.stringify(items.map(kept)),
    'the trace shows another slate than the one served',
  );
  for (const candidate of candidates) faults.push(...faultsOfCandidate(candidate));
  const survivors = candidates.filter(({ score }) => score !== undefined);
  faults.push(...faultsOfPlaces(survivors));
  const left = (name: string): number | undefined => stages.find(({ stage }) => stage === name)?.candidates;
  fault(left('filter') === survivors.length, `${left('filter')} passed the filters, ${survivors.length} have a score`);
  return faults;
}

const kept = ({ id, score, contributions }: Pick<CandidateAnswer, 'id' | 'score' | 'contributions'>): unknown => [
  id,
  score,
  contributions,
];
const sum = (parts: CandidateAnswer['contributions'] = {}): number =>
  Object.values(parts).reduce((all, part) => all + part, 0);

function faultsOfCandidate({
  id,
  proposedBy,
  filteredBy,
  score,
  contributions,
  abstained,
  movedBy,
  rank,
}: CandidateAnswer): readonly string[] {
  const faults: string[] = [];
  if (proposedBy.length === 0) faults.push(`nobody proposed ${id}`);
  if (new Set(proposedBy.map(({ plugin }) => plugin)).size !== proposedBy.length)
    faults.push(`one plugin proposed ${id} twice`);
  if ((filteredBy === undefined) === (score === undefined))
    faults.push(`${id} was ${score === undefined ? 'neither' : 'both'} filtered and scored`);
  if (filteredBy !== undefined && (rank !== undefined || movedBy !== undefined))
    faults.push(`${id} was filtered and yet ranked`);
  if (score !== undefined && sum(contributions) !== score)
    faults.push(`the contributions of ${id} do not add to its score`);
  const both = Object.keys(contributions ?? {}).filter((name) => abstained?.includes(name));
  if (both.length > 0) faults.push(`${both} contributed to ${id} and abstained`);
  (movedBy ?? []).forEach(({ from }, i) => {
    if (i > 0 && movedBy![i - 1]!.to !== from) faults.push(`${id} was moved from ${from}, where it was not`);
  });
  const to = movedBy?.at(-1)?.to;
  if (rank !== undefined && to !== undefined && to !== rank)
    faults.push(`${id} was moved to ${to} and has rank ${rank}`);
  return faults;
}

/** Before anybody moves it, a candidate stands where its score puts it. */
function faultsOfPlaces(survivors: readonly CandidateAnswer[]): readonly string[] {
  const scores = survivors.map(({ score }) => score!).sort((a, b) => b - a);
  return survivors.flatMap(({ id, score, rank, movedBy }) => {
    const place = movedBy?.[0]?.from ?? rank;
    if (place === undefined || scores[place - 1] === score) return [];
    return [`${id} begins at ${place}, where its score does not put it`];
  });
}
