import { access } from 'node:fs/promises';
import { PipelineError } from '@attune/engine';
import { readEnvironment } from '../config/environment.schema.js';
import { loadConfig, loadSurfaces, modelFolder, type LoadedConfig } from '../config/load-config.js';
import { loadPlugins } from '../config/load-plugins.js';
import { proveTraining } from '../config/prove-training.js';
import { ok, problem, type Check } from './check.js';

/**
 * Reads environment, configuration and pipeline files as a start does, and opens no data: what keeps a server from
 * starting. `variables`: as `startServer` takes them.
 */
export async function checkConfiguration(
  variables: Readonly<Record<string, string | undefined>>,
): Promise<readonly Check[]> {
  const environment = await attempt('environment', 'the variables are in order', () => readEnvironment(variables));
  if (environment.value === undefined) return environment.checks;
  const named = environment.value.ATTUNE_CONFIG;
  const config = await attempt('config', 'attune.config.yaml is in order', () => loadConfig(named));
  const checks = [...environment.checks, ...config.checks];
  return config.value === undefined ? checks : [...checks, ...(await checkParts(config.value))];
}

async function checkParts(loaded: LoadedConfig): Promise<readonly Check[]> {
  const surfaces = await attempt('surfaces', 'the pipeline files are in order', () => loadSurfaces(loaded.surfaces));
  const plugins = await attempt('plugins', 'the plugins are there', async () =>
    proveTraining(loaded, await loadPlugins(loaded), surfaces.value),
  );
  const models = await Promise.all(loaded.config.embedders.map((_, i) => checkModel(loaded, i)));
  return [...surfaces.checks, ...plugins.checks, ...models];
}

async function checkModel({ config, file, locate }: LoadedConfig, i: number): Promise<Check> {
  const { id, model } = config.embedders[i]!;
  if (model === undefined) return ok(`model:${id}`, 'a plugin');
  const folder = modelFolder(model, file);
  try {
    await access(folder);
    return ok(`model:${id}`, folder);
  } catch {
    const at = locate(['embedders', i, 'model']);
    const fix = `put the model there, or name another at ${at.file}:${at.line} (bundled: all-MiniLM-L6-v2)`;
    return problem(`model:${id}`, `the model folder ${folder} is missing`, fix);
  }
}

/** The outcome of one step of a start: its value, or a check for everything it has against the files. */
async function attempt<T>(
  id: string,
  fine: string,
  work: () => T | Promise<T>,
): Promise<{ readonly value?: T; readonly checks: readonly Check[] }> {
  try {
    return { value: await work(), checks: [ok(id, fine)] };
  } catch (error) {
    return { checks: problemsOf(id, error) };
  }
}

function problemsOf(id: string, error: unknown): readonly Check[] {
  if (error instanceof PipelineError)
    return error.findings.map(({ file, line, cause, fix }) => problem(id, `${file}:${line}: ${cause}`, fix));
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n').map((line) => problem(id, line, 'mend the variable; npm start -- --help lists them'));
}
