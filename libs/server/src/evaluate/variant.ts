import type { PipelineSource } from '@attune/engine';
import type { JobRequestOf } from '../jobs/job.js';

/** What is added to a pipeline: a scorer, and how its column counts. */
export type AddedScorer = Pick<JobRequestOf<'diff'>, 'step' | 'weight' | 'scale'>;

/**
 * A pipeline with one more scorer, weighted. Throws an Error with the fix where its ranker is not `weighted`, or where
 * the column has a weight already.
 */
export function withScorer(source: PipelineSource, { step, weight, scale }: AddedScorer): PipelineSource {
  const { spec } = source;
  const name = step.as ?? step.use;
  if (spec.rank.use !== 'weighted') {
    throw new Error(`surface '${spec.surface}' ranks by '${spec.rank.use}': a scorer can be added to 'weighted' only`);
  }
  const terms = spec.rank.config ?? {};
  if (Object.hasOwn(terms, name)) {
    throw new Error(`column '${name}' has a weight in '${spec.surface}' already: name the new one by step.as`);
  }
  const place = spec.score.length;
  return {
    spec: {
      ...spec,
      score: [...spec.score, step],
      rank: { ...spec.rank, config: { ...terms, [name]: { weight, scale } } },
    },
    locate: (path) =>
      path[0] === 'score' && path[1] === place ? { file: 'the added step', line: 1 } : source.locate(path),
  };
}
