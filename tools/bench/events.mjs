// Durable events a second over HTTP, in batches of 5,000.
//   node tools/bench/events.mjs [--batches 40] [--lanes 2]
import { parseArgs } from 'node:util';
import { eventBatch, ROWS } from './event-batches.mjs';
import { inParallel, machine, quantile, startGateway } from './gateway.mjs';

const { values: options } = parseArgs({
  options: { batches: { type: 'string', default: '40' }, lanes: { type: 'string', default: '2' } },
});
const gateway = await startGateway({ ATTUNE_DEMO: 'off' });
const batch = (b) => eventBatch(b, { items: 5_000, since: Date.UTC(2026, 0, 1), stepMs: 1000 });
const batches = Array.from({ length: Number(options.batches) }, (_, b) => batch(b));
await gateway.call('POST', '/v1/events', batch(-1));
const cpuBefore = gateway.cpuSeconds();
const startedAt = performance.now();
const took = await inParallel(batches, Number(options.lanes), async (body) => {
  const from = performance.now();
  const { accepted } = await gateway.call('POST', '/v1/events', body);
  if (accepted !== ROWS) throw new Error(`${accepted} of ${ROWS} accepted`);
  return performance.now() - from;
});
const seconds = (performance.now() - startedAt) / 1000;
const events = batches.length * ROWS;
console.log(`durable events over HTTP, ${batches.length} batches of ${ROWS}, ${options.lanes} at a time; ${machine()}`);
console.log(
  `${Math.round(events / seconds)} events/s; a batch takes ${quantile(took, 0).toFixed(0)} ms at least, ${quantile(took, 0.5).toFixed(0)} ms median`,
);
console.log(
  `${(((gateway.cpuSeconds() - cpuBefore) / events) * 1e6).toFixed(1)} µs of server CPU an event; memory ${JSON.stringify(gateway.memoryMb())} MB`,
);
await gateway.stop();
