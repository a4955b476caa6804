#!/usr/bin/env node
// Writes docs/reference from what the code declares: the tables of codes, the built-in plugins, the schemas.
//   node tools/docs/generate-reference.mjs [--check]
// With --check nothing is written; it fails when a committed file is stale. Needs `npm run build`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configurationPage } from './configuration-page.mjs';
import { errorsPage } from './errors-page.mjs';
import { metricsPage } from './metrics-page.mjs';
import { pluginsPage } from './plugins-page.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const require = createRequire(import.meta.url);
const built = (...path) => require(join(ROOT, ...path));
const FOLDER = join(ROOT, 'docs', 'reference');

/** Every reference page by file name. */
export async function referencePages() {
  const { format, resolveConfig } = await import('prettier');
  const sdk = built('libs', 'sdk', 'dist', 'index.js');
  const { z } = createRequire(join(ROOT, 'libs', 'sdk', 'package.json'))('zod');
  const pages = {
    'errors.md': errorsPage(sdk),
    'metrics.md': metricsPage(built('libs', 'server', 'dist', 'telemetry', 'metric-table.js')),
    'plugins.md': pluginsPage({
      plugins: built('libs', 'plugins', 'dist', 'index.js').BUILT_IN_PLUGINS,
      kinds: sdk.KINDS,
      z,
      read: sourceOf,
    }),
    'configuration.md': configurationPage({
      z,
      configSchema: built('libs', 'server', 'dist', 'config', 'config.schema.js').configSchema,
      environmentSchema: built('libs', 'server', 'dist', 'config', 'environment.schema.js').environmentSchema,
      pipelineSchema: built('libs', 'engine', 'dist', 'index.js').pipelineSchema,
    }),
  };
  const options = { ...(await resolveConfig(join(FOLDER, 'errors.md'))), parser: 'markdown' };
  const formatted = Object.entries(pages).map(async ([name, text]) => [name, await format(text, options)]);
  return Object.fromEntries(await Promise.all(formatted));
}

/** Names of the pages whose committed file is not what the code says. */
export async function stalePages() {
  const pages = Object.entries(await referencePages());
  return pages.filter(([name, text]) => committed(name) !== text).map(([name]) => name);
}

function committed(name) {
  try {
    return readFileSync(join(FOLDER, name), 'utf8');
  } catch {
    return undefined;
  }
}

function sourceOf(path) {
  return readFileSync(join(ROOT, path), 'utf8');
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const stale = await stalePages();
    for (const name of stale) console.error(`docs/reference/${name} is stale: run npm run docs and commit it`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    for (const [name, text] of Object.entries(await referencePages())) writeFileSync(join(FOLDER, name), text);
  }
}
