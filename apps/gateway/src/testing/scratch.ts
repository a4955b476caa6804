import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGateway } from './start-gateway.js';
import { runFolder } from './run-folder.js';
import { until } from './http.client.js';

/** An empty folder, gone when the run ends. */
export const scratchFolder = (): string => mkdtempSync(join(runFolder(), 'case-'));

/** A data folder with the bundled shop imported, embedded and trained: built once a run, copied for each who asks. */
export async function demoFolder(): Promise<string> {
  const source = join(runFolder(), 'demo');
  const ready = join(runFolder(), 'demo.ready');
  if (takes(join(runFolder(), 'demo.building'))) {
    const shop = await startGateway({ data: source, demo: true });
    await shop.stop();
    writeFileSync(ready, '');
  }
  await until('the demo shop to be built', () => existsSync(ready));
  const copy = join(scratchFolder(), 'data');
  cpSync(source, copy, { recursive: true });
  return copy;
}

/** Whether this is the first to ask. */
function takes(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

export interface ShopFiles {
  /** Pipelines, one file a surface. */
  readonly surfaces: Readonly<Record<string, object | string>>;
  /** Members of `attune.config.yaml`. */
  readonly config?: object;
}

/** What a server is started with, and where its pipelines lie. */
export interface WrittenShop {
  readonly config: string;
  readonly data: string;
  readonly surface: (name: string) => string;
}

/** Writes a configuration with its surfaces into a new folder; YAML is written as JSON, which it contains. */
export function writeShop({ surfaces, config = {} }: ShopFiles): WrittenShop {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'surfaces'));
  const surface = (name: string): string => join(folder, 'surfaces', `${name}.yaml`);
  for (const [name, text] of Object.entries(surfaces)) writeFileSync(surface(name), textOf(text));
  const file = join(folder, 'attune.config.yaml');
  writeFileSync(file, textOf({ surfaces: './surfaces', ...config }));
  return { config: file, data: join(folder, 'data'), surface };
}

export const textOf = (value: object | string): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2);
