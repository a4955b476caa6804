// Ten minutes of everything at once on Elasticsearch and Redis: slates, searches, events, items and trainings at two gateways
// and a worker. By the minute memory, heap after its garbage was collected, and open handles of each process; and every error.
//   export $(npm run --silent services:up)
//   node tools/bench/soak.mjs [--minutes 10] [--visitors 300]
// So few visitors that a process holds what it keeps of them after two minutes: what grows then would go on.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { machine, ROOT } from './gateway.mjs';
import { onServices, servicesLine } from './on-services.mjs';

const { readDemoEvents } = createRequire(join(ROOT, 'libs', 'server', 'package.json'))('@attune/demo');
const { values: options } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, visitors: { type: 'string', default: '300' } },
});
const minutes = Number(options.minutes);
const shop = readDemoEvents(join(ROOT, 'assets', 'online-retail-2011'), { lastDay: new Date() });
const users = [...new Set(shop.map(({ userId }) => userId))].slice(0, Number(options.visitors));
const bought = [...new Set(shop.flatMap(({ itemIds = [], itemId }) => [...itemIds, ...(itemId ? [itemId] : [])]))];
const QUERIES = ['red mug', 'tea', 'christmas', 'lunch box', 'something to keep warm', 'lamp', 'gift for a child'];
/** Time to collect garbage before it is looked at what is left. */
const COLLECTED_MS = 500;
const any = (all) => all[Math.floor(Math.random() * all.length)];

const shared = onServices();
const counts = { calls: 0, degraded: 0, codes: new Map(), errors: new Map() };
try {
  const collecting = { NODE_OPTIONS: `--require ${join(import.meta.dirname, 'collect-garbage.cjs')}` };
  const a = await shared.gateway(collecting);
  const b = await shared.gateway({ ...collecting, ATTUNE_ROLE: 'gateway' });
  const worker = await shared.worker(collecting);
  const processes = { 'gateway that does jobs': a, gateway: b, worker };
  console.log(`${minutes} minutes of mixed load; ${machine()}, ${await servicesLine(shared.elasticsearch)}`);
  console.log('memory MB / heap MB after collection / open handles of each process, by the minute');
  const until = performance.now() + minutes * 60_000;
  const loads = [
    every(10, () => asked('POST', '/v1/recommendations', { surface: 'home', userId: any(users) })),
    every(5, () => asked('POST', '/v1/search', { query: any(QUERIES), userId: any(users) })),
    every(10, (n) => sent('/v1/events', { events: [deed(n, 'view'), deed(n, 'purchase')] })),
    every(2, (n) => sent('/v1/items', { items: [{ id: `soak-${n % 500}`, title: `${any(QUERIES)} ${n}` }] })),
    every(1 / 120, () => sent('/v1/jobs', { type: 'train' })),
  ];
  const looks = [];
  for (let minute = 0; minute <= minutes; minute++) {
    looks.push(await Promise.all(Object.values(processes).map(look)));
    console.log(
      `${String(minute).padStart(3)}  ${looks
        .at(-1)
        .map(({ rss, heap, handles }) => `${rss} / ${heap} / ${handles}`)
        .join('   ')}`,
    );
    if (minute < minutes) await wait(60_000);
  }
  await Promise.all(loads);
  report(Object.keys(processes), looks);

  /** Calls something so many times a second until the end, whatever the answers take. */
  async function every(rate, call) {
    const under = new Set();
    for (let n = 0; performance.now() < until; n++) {
      const one = call(n).catch((error) => {
        count(counts.errors, error.message.slice(0, 160));
      });
      under.add(one);
      void one.finally(() => under.delete(one));
      await wait(Math.max(0, Math.min((-Math.log(1 - Math.random()) * 1000) / rate, until - performance.now())));
    }
    await Promise.all(under);
  }

  async function sent(path, body) {
    counts.calls++;
    return await any([a, b]).call('POST', path, body);
  }

  async function asked(method, path, body) {
    counts.calls++;
    const { degraded } = await any([a, b]).call(method, path, body);
    if (degraded.length > 0) counts.degraded++;
    for (const { plugin, code } of degraded) count(counts.codes, `${plugin} ${code}`);
  }
} finally {
  await shared.close();
}

function count(map, what) {
  map.set(what, (map.get(what) ?? 0) + 1);
}

function deed(n, type) {
  return { id: `soak-${type}-${n}`, type, userId: any(users), itemId: any(bought) };
}

async function look({ url, pid }) {
  process.kill(pid, 'SIGUSR2');
  await wait(COLLECTED_MS);
  const text = await (await fetch(`${url}/metrics`)).text();
  const of = (name) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)[1]);
  const mb = (name) => Math.round(of(name) / 2 ** 20);
  return {
    rss: mb('process_resident_memory_bytes'),
    heap: mb('nodejs_heap_size_used_bytes'),
    handles: of('nodejs_active_handles_total'),
  };
}

/** The second half against the middle: what still grows then would go on. */
function report(names, looks) {
  const middle = looks.slice(Math.floor(looks.length / 2), Math.floor(looks.length / 2) + 2);
  const end = looks.slice(-2);
  const mean = (some, p, member) => Math.round(some.reduce((sum, one) => sum + one[p][member], 0) / some.length);
  for (const [p, name] of names.entries()) {
    const change = (member) => `${mean(middle, p, member)} to ${mean(end, p, member)}`;
    console.log(`${name}: memory ${change('rss')} MB, heap ${change('heap')} MB, handles ${change('handles')}`);
  }
  const told = (map) => [...map].map(([what, times]) => `${times} × ${what}`).join(', ');
  console.log(
    `${counts.calls} calls, ${counts.degraded} answers with something left out: ${told(counts.codes) || 'nothing'}`,
  );
  console.log(`errors: ${told(counts.errors) || 'none'}`);
}
