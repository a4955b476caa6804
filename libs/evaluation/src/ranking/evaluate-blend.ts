import { BLEND } from '../search/learners-by-name.js';
import { blended, blendOf } from './blend.learner.js';
import { judgeAll, type JudgedLearner } from './evaluate-learner.js';
import { learnBlend } from './learn-blend.js';
import type { RankingTask } from './ranking.task.js';
import type { Recommender } from './recommender.learner.js';
import { voiceWeights } from './voices.js';

/** Blends models that were searched for, and judges the blend. */
export async function evaluateBlend(
  members: readonly JudgedLearner[],
  task: RankingTask,
  seed: number,
): Promise<JudgedLearner> {
  const before = process.cpuUsage();
  const weights = await learnBlend(members, task, seed);
  const blendBy = (modelOf: (member: JudgedLearner) => Recommender): Recommender =>
    blended(
      members.flatMap((member) => {
        const own = voiceWeights(weights, member.learner.name);
        return own === undefined ? [] : [{ model: modelOf(member), asking: member.trial.asking, weights: own }];
      }),
    );
  const seconds = members.reduce((sum, { trial }) => sum + trial.seconds, 0);
  const trial = { model: BLEND, options: weights, asking: {}, figure: NaN, seconds };
  const [model, tested] = [blendBy((member) => member.model), blendBy((member) => member.tested)];
  return judgeAll({ learner: blendOf(members, weights), trial, tried: 1, inFull: 1, model, tested }, before, task);
}
