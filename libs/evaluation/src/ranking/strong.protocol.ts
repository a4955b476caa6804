import { sequencesOf } from '@attune/algorithms';
import { readStrong, type HeldUser } from '../formats/strong.file.js';
import type { RankingCase, RankingProtocol, RankingTask } from './ranking.task.js';

/**
 * Strong generalization (Liang et al., WWW 2018): models learn from some users and are asked about others, of whom they are
 * told a part of the items. Histories are in no order.
 */
export const strong: RankingProtocol = { ordered: false, open: openStrong };

async function openStrong(files: readonly string[]): Promise<RankingTask> {
  const { itemIds, train, validation, test } = await readStrong(files);
  return {
    itemIds,
    ordered: false,
    log: sequencesOf(train, itemIds.length),
    validation: validation.map(caseOf),
    test: test.map(caseOf),
    chosenBy: 'ndcg@100',
    told: ['ndcg@100', 'recall@20', 'recall@50'],
    notes: [],
  };
}

const caseOf = ({ known, wanted }: HeldUser): RankingCase => ({ history: known, wanted });
