import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Registry } from '@attune/engine';
import { BUILT_IN_PLUGINS } from '@attune/plugins';

/** The built-in plugins, from the built module: a thread cannot load source. */
export function builtIns(): Registry {
  const registry = new Registry();
  const folder = dirname(createRequire(__filename).resolve('@attune/plugins/package.json'));
  const module = pathToFileURL(join(folder, 'dist', 'index.js')).href;
  for (const plugin of BUILT_IN_PLUGINS) registry.register(plugin, { module, isolated: false });
  return registry;
}
