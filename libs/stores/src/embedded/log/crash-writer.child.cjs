// A process for the tests to kill: appends numbered records to the log argv[2] from argv[3] on, 8 calls at a time, and
// prints each id once it is acknowledged. With argv[4] = 'rewrite' it also rewrites the whole log again and again, with
// 'filter' it puts every record through a filter that keeps it.
const fs = require('node:fs');
const { DurableLog } = require('../../../dist/embedded/log/durable-log.js');

const [, , folder, first, mode] = process.argv;
const known = new Map();
let next = Number(first);

async function appendForever(log) {
  for (;;) {
    const records = Array.from({ length: 1 + (next % 5) }, () => ({ id: next++, text: 'x'.repeat(next % 200) }));
    for (const record of records) known.set(record.id, record);
    await log.append(records);
    fs.writeSync(1, records.map(({ id }) => `${id}\n`).join(''));
  }
}

async function rewriteForever(log) {
  for (;;) await log.rewrite([...known.values()]);
}

async function filterForever(log) {
  for (;;) await log.filter((json) => json);
}

async function main() {
  const onRecord = (record) => known.set(record.id, record);
  const log = await DurableLog.open(folder, { onRecord, warn: () => undefined, segmentBytes: 4096 });
  fs.writeSync(1, 'ready\n');
  const work = Array.from({ length: 8 }, () => appendForever(log));
  if (mode === 'rewrite') work.push(rewriteForever(log));
  if (mode === 'filter') work.push(filterForever(log));
  await Promise.all(work);
}

main().catch((error) => {
  fs.writeSync(2, `${error.message}\n`);
  process.exit(1);
});
