import { fitInThread, type Registry } from '@attune/engine';
import type { ArtifactDraft, TrainingData } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import { GRAPHS_MODULE } from './thread.graphs.js';

export interface FitRun {
  /** Seeds the trainers. */
  readonly jobId: string;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/** Fits one configured model in a thread of its own. Throws where there is no such trainer, and what the trainer throws. */
export function fitModel(
  { use, config, deadlineMinutes }: Config['train'][number],
  data: TrainingData,
  registry: Registry,
  { jobId, signal, progress }: FitRun,
): Promise<ArtifactDraft> {
  const registered = registry.get('trainer', use);
  if (registered === undefined) throw new Error(`no trainer '${use}'; there are ${registry.ids('trainer').join(', ')}`);
  return fitInThread(registered, {
    config: registered.plugin.config.parse(config),
    data,
    deadlineMs: deadlineMinutes * 60_000,
    seed: jobId,
    graphs: GRAPHS_MODULE,
    signal,
    progress,
  });
}
