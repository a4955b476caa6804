import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { BUILT_IN_PLUGINS } from '@attune/plugins';
import { PipelineError, pluginsOf, Registry, type Finding } from '@attune/engine';
import type { Config } from './config.schema.js';
import type { LoadedConfig } from './load-config.js';
import { moduleOf, type Found } from './plugin-module.js';

/** The built-in plugins and those that configuration names. Throws a PipelineError with every one that cannot be had. */
export async function loadPlugins({ config, file, locate }: LoadedConfig): Promise<Registry> {
  const registry = new Registry();
  const builtIn = pathToFileURL(createRequire(__filename).resolve('@attune/plugins')).href;
  for (const plugin of BUILT_IN_PLUGINS) registry.register(plugin, { module: builtIn, isolated: false });
  const findings: Finding[] = [];
  for (const [i, entry] of config.plugins.entries()) {
    const found = await addPlugins(entry, file, registry);
    if (found !== undefined) findings.push({ ...locate(['plugins', i]), ...found });
  }
  if (findings.length > 0) throw new PipelineError(findings);
  return registry;
}

async function addPlugins(
  entry: Config['plugins'][number],
  file: string,
  registry: Registry,
): Promise<Found | undefined> {
  const { use, inProcess } = typeof entry === 'string' ? { use: entry, inProcess: false } : entry;
  const module = moduleOf(use, file);
  if (typeof module !== 'string') return module;
  try {
    const plugins = await pluginsOf(module);
    if (plugins.length === 0) return { cause: `'${use}' exports no plugin`, fix: 'export what define* returns' };
    for (const plugin of plugins) registry.register(plugin, { module, isolated: !inProcess });
    return undefined;
  } catch (error) {
    // What is thrown names cause and fix.
    return { cause: `plugin '${use}' cannot be loaded`, fix: messageOf(error) };
  }
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;
