import type { Sequences } from '@attune/algorithms';
import { BLEND } from '../search/learners-by-name.js';
import type { Options } from '../search/options.js';
import type { JudgedLearner } from './evaluate-learner.js';
import type { FitContext, Recommender, RecommenderLearner, ToldHistory } from './recommender.learner.js';
import { toldHistory } from './recency.js';
import { heard, VOICES, voiceWeights, type VoiceWeights } from './voices.js';

/** A model that is blended: how much each of its voices counts, and how histories are told to it. */
export interface BlendMember {
  readonly model: Recommender;
  readonly asking: Options;
  readonly weights: VoiceWeights;
}

/** Learners with their weights as one learner: learning anew learns each of them with the options that were found for it. */
export function blendOf(members: readonly JudgedLearner[], weights: Options): RecommenderLearner {
  return {
    name: BLEND,
    summary: 'the weighted sum of the others, each standardized; weights learned on validation',
    takesWeights: false,
    grid: () => ({}),
    fit: async (log: Sequences, _options: Options, context: FitContext) => {
      const learned: BlendMember[] = [];
      for (const { learner, trial } of members) {
        const own = voiceWeights(weights, learner.name);
        if (own === undefined) continue;
        learned.push({ model: await learner.fit(log, trial.options, context), asking: trial.asking, weights: own });
      }
      return blended(learned);
    },
  };
}

/** The weighted sum of what models say. */
export function blended(members: readonly BlendMember[]): Recommender {
  return {
    interests: async (histories: readonly ToldHistory[]) => {
      const sums: Float32Array[] = [];
      for (const { model, asking, weights } of members) {
        const told = histories.map(({ rows, ...who }) =>
          toldHistory({ history: Int32Array.from(rows), ...who }, asking),
        );
        for (const [h, interests] of (await model.interests(told)).entries())
          addVoices((sums[h] ??= new Float32Array(interests.length)), interests, weights);
      }
      return sums;
    },
  };
}

function addVoices(sum: Float32Array, interests: Float32Array, weights: VoiceWeights): void {
  for (const voice of VOICES) {
    const weight = weights[voice];
    if (weight === 0) continue;
    const scores = heard(voice, interests);
    for (let item = 0; item < scores.length; item++) sum[item]! += weight * scores[item]!;
  }
}
