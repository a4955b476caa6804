// How many shards, cores and gigabytes a catalogue and a rate of slates take: a model, from figures measured on one machine.
//   node tools/bench/capacity.mjs [--items 1000000,100000000,1000000000] [--requests 10000] [--users 10000000]
// Every figure and every assumption is an option: --help lists them.
import { parseArgs } from 'node:util';

const OPTIONS = {
  items: ['1000000,100000000,1000000000', 'sizes of catalogues'],
  requests: ['10000', 'slates a second, one kNN search each'],
  users: ['10000000', 'users whose histories are at hand'],
  events: ['1000000000', 'events kept'],
  itemBytes: ['4820', 'measured: an item with its vector of 384 numbers on disk'],
  eventBytes: ['410', 'measured: an event on disk'],
  historyBytes: ['1760', 'measured: the history of a user in Redis'],
  searchMs: ['4.5', 'measured: CPU of Elasticsearch for a search of 300 neighbors in a graph of 50,000 items'],
  slateMs: ['10.3', 'measured: CPU of a gateway for a slate'],
  vectorBytes: ['560', 'in memory for a search: 388 of an int8 vector, 172 of its links'],
  shardItems: ['10000000', 'items of a shard: 48 GB of disk'],
  busy: ['0.6', 'share of a core that is used at most'],
  nodeCores: ['16', 'cores of a data node'],
  nodeGb: ['64', 'memory of a data node, of which three quarters hold vectors'],
  coreHour: ['0.04', 'assumed price of a core, an hour'],
  gbHour: ['0.005', 'assumed price of a GB of memory, an hour'],
  diskGbMonth: ['0.08', 'assumed price of a GB of disk, a month'],
};
const HOURS_A_MONTH = 730;
const MEASURED_ITEMS = 50_000;

const { values } = parseArgs({
  options: {
    ...Object.fromEntries(Object.entries(OPTIONS).map(([name, [value]]) => [name, { type: 'string', default: value }])),
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  for (const [name, [value, meaning]] of Object.entries(OPTIONS)) console.log(`--${name} ${value}  ${meaning}`);
  process.exit();
}
const { items: sizes, ...rest } = values;
const given = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, Number(value)]));

const rows = sizes.split(',').map((size) => rowOf(Number(size), given));
const names = Object.keys(rows[0]);
console.log(`| ${names.join(' | ')} |\n|${names.map(() => '---').join('|')}|`);
for (const row of rows) console.log(`| ${Object.values(row).join(' | ')} |`);

function rowOf(items, of) {
  const shards = Math.ceil(items / of.shardItems);
  // Every shard is searched; a graph of more items is walked longer by the logarithm of their number.
  const shardMs = of.searchMs * (Math.log(Math.max(items / shards, MEASURED_ITEMS)) / Math.log(MEASURED_ITEMS));
  const searchCores = (of.requests * shards * shardMs) / 1000 / of.busy;
  const vectorsGb = (items * of.vectorBytes) / 1e9;
  const nodesOfACopy = Math.ceil(vectorsGb / (of.nodeGb * 0.75));
  // At least two copies, so that a node may go; more where their cores are needed.
  const copies = Math.max(2, Math.ceil(searchCores / (nodesOfACopy * of.nodeCores)));
  const nodes = copies * nodesOfACopy;
  const gatewayCores = (of.requests * of.slateMs) / 1000 / of.busy;
  const diskGb = (copies * items * of.itemBytes + 2 * of.events * of.eventBytes) / 1e9;
  const redisGb = (2 * of.users * of.historyBytes) / 1e9;
  const cores = nodes * of.nodeCores + gatewayCores;
  const memoryGb = nodes * of.nodeGb + gatewayCores * 1 + redisGb;
  const month = (cores * of.coreHour + memoryGb * of.gbHour) * HOURS_A_MONTH + diskGb * of.diskGbMonth;
  return {
    items: whole(items),
    shards,
    copies,
    'data nodes': whole(nodes),
    'vectors a copy, GB': whole(vectorsGb),
    'gateway cores': whole(gatewayCores),
    'Redis, GB': whole(redisGb),
    'disk, GB': whole(diskGb),
    'a month': `$${whole(month)}`,
    'a million slates': `$${(month / ((of.requests * 3600 * HOURS_A_MONTH) / 1e6)).toFixed(2)}`,
  };
}

function whole(value) {
  return Math.ceil(value).toLocaleString('en-US');
}
