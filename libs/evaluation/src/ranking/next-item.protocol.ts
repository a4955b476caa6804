import { sequencesOf } from '@attune/algorithms';
import { DataFileError } from '../formats/evaluation.errors.js';
import { readSequences, type SequenceData } from '../formats/sequences.file.js';
import type { RankingProtocol, RankingTask } from './ranking.task.js';

/** Sequences shorter than this are learned from, and nothing is asked about them. */
const SHORTEST = 3;

/**
 * Next item, leave one out: the last item of each sequence is the test target, the one before it the validation target;
 * models learn from what precedes both. For the test the validation item belongs to the history.
 */
export const nextItem: RankingProtocol = { ordered: true, open: openNextItem };

async function openNextItem(files: readonly string[]): Promise<RankingTask> {
  const data = await readSequences(files);
  const asked = data.sequences.filter(({ length }) => length >= SHORTEST);
  if (asked.length === 0)
    throw new DataFileError(
      `${files.join(', ')}: no sequence of ${SHORTEST} items or more`,
      'Leave-one-out holds two items of a user out: give longer histories.',
    );
  const upTo = (left: number) =>
    asked.map((items) => ({ history: items.slice(0, items.length - left), wanted: items.slice(-left).slice(0, 1) }));
  const learned = data.sequences.map((items) => (items.length >= SHORTEST ? items.slice(0, -2) : items));
  return {
    itemIds: data.itemIds,
    ordered: true,
    log: sequencesOf(learned, data.itemIds.length),
    validation: upTo(2),
    test: upTo(1),
    chosenBy: 'ndcg@10',
    told: ['hitRate@10', 'ndcg@10', 'mrr@10'],
    whole: {
      log: sequencesOf(data.sequences, data.itemIds.length),
      askers: data.userIds.map((id, user) => ({ id, history: data.sequences[user]! })),
    },
    notes: [...data.notes, ...shortNote(data, asked.length)],
  };
}

const shortNote = ({ sequences }: SequenceData, asked: number): readonly string[] =>
  asked === sequences.length
    ? []
    : [`${sequences.length - asked} users with fewer than ${SHORTEST} items are learned from only`];
