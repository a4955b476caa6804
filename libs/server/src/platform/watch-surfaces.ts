import { watch } from 'node:fs';
import type { Engine } from '@attune/engine';
import type { Logger } from 'pino';
import { isPipelineFile, loadSurfaces } from '../config/load-config.js';
import { requireFilters } from '../config/required-filters.js';

/** Editors write a file in several goes: wait until it is quiet this long. */
const QUIET_MS = 200;

/**
 * Reloads the pipelines when a file of their folder changes. A broken edit is refused with file, line, cause and fix,
 * and the old pipelines keep serving. Returns how to stop, which waits for a reload under way.
 */
export function watchSurfaces(folder: string, engines: () => Iterable<Engine>, log: Logger): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let reloading = Promise.resolve();
  const reload = async (): Promise<void> => {
    try {
      const sources = loadSurfaces(folder);
      requireFilters(sources);
      for (const engine of engines()) await engine.load(sources);
      log.info({ folder }, 'pipelines reloaded');
    } catch (error) {
      const findings = error instanceof Error ? error.message : String(error);
      log.error({ folder }, `pipelines not reloaded, the old ones keep serving: ${findings}`);
    }
  };
  const watcher = watch(folder, (_, name) => {
    if (name !== null && !isPipelineFile(name)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void (reloading = reloading.then(reload)), QUIET_MS);
  });
  watcher.on('error', (error) => log.warn({ folder }, `pipelines are no longer watched: ${error.message}`));
  return () => {
    clearTimeout(timer);
    watcher.close();
    return reloading;
  };
}
