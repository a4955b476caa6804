// The demo shop's purchases as a table that `attune evaluate --protocol next-basket` reads: node shop-purchases.mjs FILE
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Writes `user,item,time,basket`, a line each item of a basket. Events come as the demo has them, without cancellations. */
export function writePurchases(file) {
  const { readDemoEvents } = createRequire(import.meta.url)(join(root, 'libs/demo/dist'));
  const folder = join(root, 'assets/online-retail-2011');
  const lastDay = new Date('2011-12-09T23:59:59Z');
  const lines = readDemoEvents(folder, { lastDay }).flatMap(({ id, userId, at, itemIds }) =>
    itemIds.map((item) => [userId, item, at, id].join(',')),
  );
  writeFileSync(file, `${['user,item,time,basket', ...lines].join('\n')}\n`);
}

if (process.argv[1] === import.meta.filename) writePurchases(process.argv[2]);
