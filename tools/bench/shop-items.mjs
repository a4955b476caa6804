// The demo shop's products as `attune import` and `attune evaluate --protocol search` read them: node shop-items.mjs FILE
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Writes an item a line, as JSON. */
export function writeItems(file) {
  const { readDemoItems } = createRequire(import.meta.url)(join(root, 'libs/demo/dist'));
  const lines = readDemoItems(join(root, 'assets/online-retail-2011')).map((item) => JSON.stringify(item));
  writeFileSync(file, `${lines.join('\n')}\n`);
}

if (process.argv[1] === import.meta.filename) writeItems(process.argv[2]);
