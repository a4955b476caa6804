import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { DataFileError, noPredictions, unwritable } from '../formats/evaluation.errors.js';
import { FullRanking } from '../metrics/full-ranking.js';
import { partialOf } from '../run/partial-file.js';
import { timeProgress } from '../run/progress.js';
import type { JudgedLearner, RankingContext } from './evaluate-learner.js';
import type { RankingTask } from './ranking.task.js';
import { toldHistory } from './recency.js';
import type { Recommender } from './recommender.learner.js';
import { learn } from './try-recommender.js';

const SLATE = 10;
const AGAIN = 'learning from everything';
const AT_ONCE = 128;

/** Everything there is of a task. */
type Whole = NonNullable<RankingTask['whole']>;

/**
 * Writes what follows for each user: a line with the user's and ten items' ids, best first, with tabs between; what the protocol
 * does not rank is left out. The model learns anew, from everything, with the options that validation chose.
 */
export async function writePredictions(file: string, chosen: JudgedLearner, context: RankingContext): Promise<void> {
  const { whole } = context.task;
  if (whole === undefined) return;
  const { learner, trial } = chosen;
  const onWork = timeProgress(AGAIN, trial.seconds, context.onProgress);
  const model = await learn(learner, trial.options, { ...context, onWork }, whole.log);
  context.onProgress(AGAIN, 1);
  await writeFile(partialOf(file), predictionLines({ model, trial }, whole, context));
  await rename(partialOf(file), file);
}

async function* predictionLines(
  { model, trial }: { readonly model: Recommender } & Pick<JudgedLearner, 'trial'>,
  { askers }: Whole,
  { task: { itemIds }, onProgress }: RankingContext,
): AsyncGenerator<string> {
  const ranking = new FullRanking(itemIds.length, [SLATE]);
  for (let from = 0; from < askers.length; from += AT_ONCE) {
    const some = askers.slice(from, from + AT_ONCE);
    const interests = await model.interests(some.map((one) => toldHistory(one, trial.asking)));
    const lines = some.map(({ id, history, excluded = history }, i) => {
      const rows = ranking.slate({ scores: interests[i]!, excluded }, SLATE);
      return `${[id, ...Array.from(rows, (row) => itemIds[row]!)].join('\t')}\n`;
    });
    yield lines.join('');
    onProgress('predictions', Math.min(1, (from + AT_ONCE) / askers.length));
  }
}

/** Throws EvaluationRequestError or DataFileError where predictions could not be written, before there are any. */
export function assertPredictable(file: string, { whole, itemIds }: RankingTask): void {
  if (whole === undefined) throw noPredictions();
  const broken = [...whole.askers.map(({ id }) => id), ...itemIds].find((id) => /[\t\r\n]/.test(id));
  if (broken !== undefined)
    throw new DataFileError(
      `${JSON.stringify(broken)} is no id for a file of predictions`,
      'Take tabs and line ends out.',
    );
  if (isFolder(file)) throw unwritable(file, 'EISDIR');
  try {
    closeSync(openSync(partialOf(file), 'w'));
    rmSync(partialOf(file));
  } catch (error) {
    throw unwritable(file, (error as NodeJS.ErrnoException).code);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
