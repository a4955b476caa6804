import type { JobWorks } from '@attune/sdk';
import { embedWork } from '../embedding/embed-work.js';
import { eraseUser } from '../erase/erase-user.js';
import type { Forgets } from '../erase/forgets.js';
import { diffScorer } from '../evaluate/diff-scorer.js';
import { evaluateSurface } from '../evaluate/evaluate-surface.js';
import type { JobEngineParts } from '../evaluate/own-engine.js';
import { recommendUsers } from '../evaluate/recommend-users.js';
import type { Config } from '../config/config.schema.js';
import type { Encoders } from '../platform/encoders.js';
import { trainModels } from '../training/train-models.js';
import type { JobRequest } from './job.js';

export interface JobWorkParts extends JobEngineParts {
  readonly config: Config;
  readonly encoders: Encoders;
  /** What besides the stores lets go of people. */
  readonly forgets: readonly Forgets[];
}

/** The work of every type of job. */
export function jobWorks(parts: JobWorkParts): JobWorks<JobRequest> {
  const { config, registry, stores, engine, encoders, forgets } = parts;
  return {
    train: ({ id, request, signal, progress }) =>
      trainModels({ config, registry, stores, engine }, { jobId: id, use: request.use, signal, progress }),
    embed: embedWork({ encoders, items: stores.items }),
    async erase({ request, result }) {
      await result.json(await eraseUser({ stores, forgets }, request.userId));
      return { ok: 1, failed: 0, errors: [] };
    },
    recommend: (run) => recommendUsers(parts, run),
    evaluate: (run) => evaluateSurface(parts, run),
    diff: (run) => diffScorer(parts, run),
  };
}
