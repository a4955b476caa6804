import type { ArtifactStore, JobWorks, LlmPort, Space } from '@attune/sdk';
import type { Footing } from '@attune/engine';
import type { CatalogueFacts } from '../catalogue-facts/catalogue-facts.js';
import { embedWork, type EmbedWorkParts } from '../embedding/embed-work.js';
import { describeItems } from '../enrichment/drafts/describe-items.js';
import { enrichItems } from '../enrichment/enrich-items.js';
import { eraseUser } from '../erase/erase-user.js';
import type { Forgets } from '../erase/forgets.js';
import { diffScorer } from '../evaluate/diff-scorer.js';
import { evaluateSurface } from '../evaluate/evaluate-surface.js';
import type { JobEngineParts } from '../evaluate/own-engine.js';
import { recommendUsers } from '../evaluate/recommend-users.js';
import type { Config } from '../config/config.schema.js';
import { exportInstructions } from '../instructions/export-instructions.js';
import { wakeModels } from '../embedding/wake-models.js';
import type { Encoders } from '../platform/encoders.js';
import { compareVersions } from '../spaces/compare-versions.js';
import type { DerivedSpaces } from '../spaces/derived-spaces.js';
import type { ModelSpaces } from '../spaces/model-spaces.js';
import type { SpaceVersions } from '../spaces/space-versions.js';
import { trainModels } from '../training/train-models.js';
import type { JobRequest } from './job.js';

export interface JobWorkParts extends JobEngineParts {
  readonly config: Config;
  readonly encoders: Encoders;
  readonly versions: SpaceVersions;
  readonly models: ModelSpaces;
  readonly derived: DerivedSpaces;
  /** What pipelines stand on where other artifacts are the promoted ones. */
  readonly footingOn: (artifacts: ArtifactStore) => Promise<Footing>;
  readonly embedded: EmbedWorkParts['embedded'];
  readonly facts: CatalogueFacts;
  readonly llm: LlmPort;
  /** What besides the stores lets go of people. */
  readonly forgets: readonly Forgets[];
}

/** Spaces that `embed` jobs fill: the versions in use, then what trained models make of them. */
export const filledBy =
  ({ versions, derived }: Pick<JobWorkParts, 'versions' | 'derived'>) =>
  async (): Promise<readonly Space[]> => [...(await versions.served()), ...(await derived.served())];

/** The work of every type of job. */
export function jobWorks(parts: JobWorkParts): JobWorks<JobRequest> {
  const { config, registry, stores, engine, encoders, versions, models, forgets } = parts;
  const { items } = stores;
  // Only new items can be in a language that nobody has asked in yet.
  const wake = async (): Promise<void> => wakeModels(await versions.served(), encoders.query, items);
  return {
    train: ({ id, request, signal, progress }) =>
      trainModels(
        { config, registry, stores, engine, versions, models, past: parts },
        { jobId: id, use: request.use, signal, progress },
      ),
    embed: embedWork({
      ...parts,
      items,
      filled: filledBy(parts),
      end: () => void wake().catch(() => undefined),
    }),
    backfill: embedWork({ ...parts, items, filled: () => versions.others() }),
    async erase({ request, result }) {
      await result.json(await eraseUser({ stores, forgets }, request.userId));
      return { ok: 1, failed: 0, errors: [] };
    },
    recommend: (run) => recommendUsers(parts, run),
    evaluate: (run) => evaluateSurface(parts, run),
    diff: (run) => diffScorer(parts, run),
    compare: (run) => compareVersions(parts, run),
    instructions: (run) => exportInstructions(parts, run),
    enrich: (run) => enrichItems(parts, run),
    describe: (run) => describeItems(parts, run),
  };
}
