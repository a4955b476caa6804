// Home slates whose candidates come from Elasticsearch's kNN: the gateway's time against that of the kNN calls it makes,
// sent again by themselves in the same run, at 30 slates a second with all servers on this machine.
//   export $(npm run --silent services:up)
//   node tools/bench/slate-on-services.mjs [--rate 30] [--seconds 30] [--visitors 300]
// Visitors are people who came before: each was asked for once. Their first visits, whose histories come from the event log,
// are told apart.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, quantile, ROOT } from './gateway.mjs';
import { onServices, servicesLine } from './on-services.mjs';
import { loadHead, loadRow, pacedLoad } from './paced-load.mjs';
import { recordingProxy } from './recording-proxy.mjs';

const require = createRequire(join(ROOT, 'libs', 'server', 'package.json'));
const { parse } = require('yaml');
const { readDemoEvents } = require('@attune/demo');
const { values: options } = parseArgs({
  options: {
    rate: { type: 'string', default: '30' },
    seconds: { type: 'string', default: '30' },
    visitors: { type: 'string', default: '300' },
  },
});
const [rate, seconds] = [Number(options.rate), Number(options.seconds)];
const events = readDemoEvents(join(ROOT, 'assets', 'online-retail-2011'), { lastDay: new Date() });
const users = [...new Set(events.map(({ userId }) => userId))].slice(0, Number(options.visitors));
const shared = onServices();
const proxy = await recordingProxy(shared.elasticsearch);
try {
  const config = { ATTUNE_CONFIG: vectorHome() };
  const ask = (gateway) => (turn) =>
    gateway.call('POST', '/v1/recommendations', { surface: 'home', userId: users[turn % users.length] });
  console.log(`home slates by kNN on the demo; ${machine()}, ${await servicesLine(shared.elasticsearch)}`);
  // What is searched for is written down by a gateway behind a proxy; the one that is measured asks straight.
  const recorded = await shared.gateway({ ...config, ELASTICSEARCH_URL: proxy.url });
  await pacedLoad(recorded, { rate, seconds: 10, call: ask(recorded) });
  proxy.searches.length = 0;
  const asked = await pacedLoad(recorded, { rate, seconds: 10, call: ask(recorded) });
  const searches = [...proxy.searches];
  await recorded.stop();
  const gateway = await shared.gateway(config);
  const first = [];
  for (const [turn] of users.entries()) first.push((await ask(gateway)(turn)).tookMs);
  console.log(`first visits, one after the other: gateway ${quantile(first, 0.5).toFixed(1)} ms median`);
  await pacedLoad(gateway, { rate, seconds: 20, call: ask(gateway) });
  const slates = await pacedLoad(gateway, { rate, seconds, call: ask(gateway) });
  const raw = [];
  // At the same rate, so that the servers are as busy.
  await pacedLoad(gateway, {
    rate: (rate * searches.length) / asked.answers.length,
    seconds: Math.min(seconds, 15),
    call: async (turn) => raw.push(await proxy.again(searches[turn % searches.length])),
  });
  console.log(loadHead('slates'));
  console.log(loadRow(`${rate}/s`, slates));
  const took = slates.answers.map(({ tookMs }) => tookMs);
  const late = slates.answers.filter(({ degraded }) => degraded.length > 0).length;
  const each = (searches.length / asked.answers.length).toFixed(2);
  const [own, calls] = [quantile(took, 0.5), quantile(raw, 0.5)];
  console.log(
    `kNN calls a slate ${each}; gateway ${own.toFixed(1)} ms median (minimum ${quantile(took, 0).toFixed(1)}), the same kNN calls by themselves ${calls.toFixed(1)} ms (minimum ${quantile(raw, 0).toFixed(1)}): ${(own / (calls * Number(each))).toFixed(2)} ×; ${late} slates with something left out`,
  );
} finally {
  await shared.close();
  proxy.close();
}

/** The bundled configuration with a home page that also asks for what is near to a customer's taste. */
function vectorHome() {
  const folder = mkdtempSync(join(tmpdir(), 'attune-bench-config-'));
  const source = join(ROOT, 'config');
  const config = parse(readFileSync(join(source, 'attune.config.yaml'), 'utf8'));
  const embedders = config.embedders.map((one) => ({ ...one, model: join(ROOT, 'assets', 'models', one.model) }));
  mkdirSync(join(folder, 'surfaces'));
  writeFileSync(join(folder, 'attune.config.yaml'), JSON.stringify({ ...config, embedders, surfaces: './surfaces' }));
  const home = parse(readFileSync(join(source, 'surfaces', 'home.yaml'), 'utf8'));
  home.retrieve.unshift({ use: 'content-knn', limit: 300 });
  writeFileSync(join(folder, 'surfaces', 'home.yaml'), JSON.stringify(home));
  return join(folder, 'attune.config.yaml');
}
