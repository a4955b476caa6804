import { dirname, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { BUILT_IN_PLUGINS } from '@attune/plugins';
import { pluginsOf, Registry } from '@attune/engine';
import type { LoadedConfig } from './load-config.js';

/** The built-in plugins and those that configuration names. Throws an Error that names the package and the fix. */
export async function loadPlugins({ config, file }: LoadedConfig): Promise<Registry> {
  const registry = new Registry();
  const builtIn = pathToFileURL(createRequire(__filename).resolve('@attune/plugins')).href;
  for (const plugin of BUILT_IN_PLUGINS) registry.register(plugin, { module: builtIn, isolated: false });
  for (const entry of config.plugins) {
    const { use, inProcess } = typeof entry === 'string' ? { use: entry, inProcess: false } : entry;
    const module = moduleOf(use, file);
    const plugins = await pluginsOf(module).catch((error: unknown) => {
      throw new Error(`${file}: plugin '${use}' cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (plugins.length === 0) throw new Error(`${file}: '${use}' exports no plugin: export what define* returns`);
    for (const plugin of plugins) registry.register(plugin, { module, isolated: !inProcess });
  }
  return registry;
}

/** A URL that `import()` takes from anywhere, also from a thread. */
function moduleOf(use: string, configFile: string): string {
  if (use.startsWith('.') || use.startsWith('/')) return pathToFileURL(resolve(dirname(configFile), use)).href;
  try {
    return pathToFileURL(createRequire(configFile).resolve(use)).href;
  } catch {
    throw new Error(`${configFile}: plugin '${use}' is not installed: npm install ${use}`);
  }
}
