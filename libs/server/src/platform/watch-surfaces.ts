import { watch } from 'node:fs';
import type { Engine } from '@attune/engine';
import type { Logger } from 'pino';
import { loadSurfaces } from '../config/load-config.js';

/** Editors write a file in several goes: wait until it is quiet this long. */
const QUIET_MS = 200;

/**
 * Reloads the pipelines when a file of their folder changes. A broken edit is refused with file, line, cause and fix,
 * and the old pipelines keep serving. Returns how to stop.
 */
export function watchSurfaces(folder: string, engines: () => Iterable<Engine>, log: Logger): () => void {
  let timer: NodeJS.Timeout | undefined;
  const reload = async (): Promise<void> => {
    try {
      const sources = loadSurfaces(folder);
      for (const engine of engines()) await engine.load(sources);
      log.info({ folder }, 'pipelines reloaded');
    } catch (error) {
      log.error({ folder }, `pipelines not reloaded, the old ones keep serving: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const watcher = watch(folder, (_, name) => {
    if (name !== null && !name.endsWith('.yaml')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), QUIET_MS);
  });
  watcher.on('error', (error) => log.warn({ folder }, `pipelines are no longer watched: ${error.message}`));
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
