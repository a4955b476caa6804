import type { Kind, Plugin } from '@attune/sdk';
import { isPlugin } from '../registry.js';

/** Loads a module. Throws an Error that names it, in one line. */
async function load(module: string): Promise<Record<string, unknown>> {
  try {
    return (await import(module)) as Record<string, unknown>;
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    throw new Error(`${module} cannot be loaded: ${why}: install it or mend its path`, { cause: error });
  }
}

/** Every plugin a module exports: by name, in a list, or inside its default export (what CommonJS looks like from `import()`). */
export async function pluginsOf(module: string): Promise<readonly Plugin[]> {
  const loaded = await load(module);
  const inner = Object(loaded['default']) as Record<string, unknown>;
  const exported: readonly unknown[] = [...Object.values(loaded), ...Object.values(inner)].flat();
  return [...new Set(exported.filter(isPlugin))];
}

/** One plugin of a module. Throws an Error naming module, kind and id where it is not there. */
export async function findPlugin<K extends Kind>(module: string, kind: K, id: string): Promise<Plugin<K>> {
  const plugin = (await pluginsOf(module)).find((one) => one.kind === kind && one.id === id);
  if (plugin === undefined) throw new Error(`${module} exports no ${kind} '${id}'`);
  return plugin as Plugin<K>;
}
