import { fitInThread, type RegisteredPlugin, type Registry } from '@attune/engine';
import type { ArtifactDraft, TrainingData } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import { GRAPHS_MODULE } from './thread.graphs.js';

export interface FitRun {
  /** Seeds the trainers. */
  readonly jobId: string;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/** A configured trainer with its options. Throws where there is none of that name, and for options that do not fit. */
export function trainerOf(
  { use, config }: Pick<Config['train'][number], 'use' | 'config'>,
  registry: Registry,
): { readonly registered: RegisteredPlugin<'trainer'>; readonly options: unknown } {
  const registered = registry.get('trainer', use);
  if (registered === undefined) throw new Error(`no trainer '${use}'; there are ${registry.ids('trainer').join(', ')}`);
  return { registered, options: registered.plugin.config.parse(config) };
}

/** Fits one configured model in a thread of its own. Throws where there is no such trainer, and what the trainer throws. */
export function fitModel(
  entry: Config['train'][number],
  data: TrainingData,
  registry: Registry,
  { jobId, signal, progress }: FitRun,
): Promise<ArtifactDraft> {
  const { registered, options } = trainerOf(entry, registry);
  return fitInThread(registered, {
    config: options,
    data,
    deadlineMs: entry.deadlineMinutes * 60_000,
    seed: jobId,
    graphs: GRAPHS_MODULE,
    signal,
    progress,
  });
}
