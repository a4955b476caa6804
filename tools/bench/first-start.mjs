// The first start of the demo (import, embed, train) and the next ones: time to ready, CPU, memory.
//   node tools/bench/first-start.mjs [--next 3]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, quantile, startGateway } from './gateway.mjs';

const { values: options } = parseArgs({ options: { next: { type: 'string', default: '3' } } });
const folder = mkdtempSync(join(tmpdir(), 'attune-first-'));
console.log(`first and next starts of the demo; ${machine()}`);
const first = await once();
console.log(
  `first start: ready after ${first.readyS.toFixed(1)} s, ${first.cpuS.toFixed(1)} CPU s for import, embedding and training; memory ${JSON.stringify(first.memory)} MB`,
);
const next = [];
for (let i = 0; i < Number(options.next); i++) next.push(await once());
const ready = next.map(({ readyS }) => readyS);
const cpu = next.map(({ cpuS }) => cpuS);
console.log(
  `next starts: ready after ${quantile(ready, 0).toFixed(1)} s at least, ${quantile(ready, 0.5).toFixed(1)} s median; CPU ${quantile(cpu, 0.5).toFixed(1)} s median; memory ${JSON.stringify(next.at(-1).memory)} MB`,
);
rmSync(folder, { recursive: true });

async function once() {
  const gateway = await startGateway({}, { folder });
  const result = { readyS: gateway.readyMs / 1000, cpuS: gateway.cpuSeconds(), memory: gateway.memoryMb() };
  await gateway.stop();
  return result;
}
