import { readdirSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { PipelineError, pipelineSchema, type Finding, type PipelineSource } from '@attune/engine';
import { configSchema, type Config } from './config.schema.js';
import { INSTALLATION } from './environment.schema.js';
import type { Locate } from './locate.js';
import { readYaml } from './yaml-file.js';

export interface LoadedConfig {
  readonly file: string;
  readonly config: Config;
  /** Where a member is written, for what is found wrong with it later. */
  readonly locate: Locate;
  /** Absolute folder of the pipeline files. */
  readonly surfaces: string;
}

/** Reads `attune.config.yaml`: the one named, or the one that comes with Attune. Throws a PipelineError. */
export function loadConfig(named: string | undefined): LoadedConfig {
  const file = named === undefined ? join(INSTALLATION, 'config', 'attune.config.yaml') : resolve(named);
  const { value, locate } = readYaml(file, configSchema);
  return { file, config: value, locate, surfaces: resolve(dirname(file), value.surfaces) };
}

/** Reads every pipeline of a folder, `*.yaml` and `*.yml`. Throws a PipelineError with every file's findings. */
export function loadSurfaces(folder: string): readonly PipelineSource[] {
  const files = listYaml(folder);
  const findings: Finding[] = [];
  const sources: PipelineSource[] = [];
  for (const file of files) {
    try {
      const { value, locate } = readYaml(join(folder, file), pipelineSchema);
      sources.push({ spec: value, locate });
    } catch (error) {
      if (!(error instanceof PipelineError)) throw error;
      findings.push(...error.findings);
    }
  }
  if (findings.length > 0) throw new PipelineError(findings);
  if (sources.length === 0)
    throw new PipelineError([{ file: folder, line: 1, cause: 'no pipeline files', fix: 'add a <surface>.yaml' }]);
  return sources;
}

/** Absolute folder of a model: a bundled one by name, else a path relative to the configuration. */
export function modelFolder(model: string, configFile: string): string {
  if (!model.includes('/') && !model.includes('\\')) return join(INSTALLATION, 'assets', 'models', model);
  return isAbsolute(model) ? model : resolve(dirname(configFile), model);
}

/** Whether a file of the folder is a pipeline; hidden ones are editors'. */
export const isPipelineFile = (name: string): boolean => /^[^.].*\.ya?ml$/.test(name);

function listYaml(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter(isPipelineFile).sort();
  } catch (error) {
    throw new PipelineError([
      { file: folder, line: 1, cause: String(error), fix: 'point `surfaces` at the folder of the pipeline files' },
    ]);
  }
}
