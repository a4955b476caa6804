// A process for the tests to kill: in the event store in folder argv[2], events of `keeper` come in all the time, and one
// user after the other (number argv[3] first) gets 20 events and is erased. Prints a line before and after each erasure,
// and each of the keeper's events once it is acknowledged.
const fs = require('node:fs');
const { DurableLog } = require('../../../dist/embedded/log/durable-log.js');
const { EmbeddedEventStore } = require('../../../dist/embedded/events/event-store.adapter.js');

const [, , folder, first] = process.argv;
const say = (line) => fs.writeSync(1, `${line}\n`);
const at = '2026-01-01T00:00:00.000Z';

async function keep(store, writer) {
  for (let n = 0; ; n++) {
    const id = `keeper-${first}-${writer}-${n}`;
    await store.append([{ id, type: 'view', userId: 'keeper', itemId: 'a', at }]);
    say(id);
  }
}

async function erase(store) {
  for (let user = Number(first); ; user++) {
    const events = Array.from({ length: 20 }, (_, n) => {
      const who = n % 2 === 0 ? { userId: `user${user}` } : { anonymousId: `cookie${user}` };
      return { id: `user${user}-${n}`, type: 'view', itemId: 'a', at, ...who };
    });
    const join = { id: `user${user}-join`, type: 'identify', userId: `user${user}`, anonymousId: `cookie${user}`, at };
    await store.append([...events, join]);
    say(`erasing ${user}`);
    await store.erase(`user${user}`);
    say(`erased ${user}`);
  }
}

async function main() {
  const openLog = (onRecord) => DurableLog.open(folder, { onRecord, warn: () => undefined, segmentBytes: 4096 });
  const store = await EmbeddedEventStore.open(openLog, { clock: () => Date.parse(at), warn: () => undefined });
  await Promise.all([keep(store, 0), keep(store, 1), erase(store)]);
}

main().catch((error) => {
  fs.writeSync(2, `${error.message}\n`);
  process.exit(1);
});
