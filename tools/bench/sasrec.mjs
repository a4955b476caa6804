/**
 * CPU seconds of a training step of SASRec with a softmax over all items: ours against PyTorch, in turns, in one run.
 * Both do the same steps: the same windows in the same order, from the same parameters, at the same rates, with Adam
 * and a clip. First without dropout, where both must tell the same losses; then with it, which is measured.
 *
 *   npm run build && node tools/bench/sasrec.mjs [--data sequences.csv[.gz]] [--batch 128] [--window 200] [--dims 64]
 *     [--blocks 2] [--heads 2] [--steps 6] [--rounds 3] [--threads 1]
 *
 * The file has columns `user` and `item` in order, and may have `part`, of which `train` counts. Without one, full
 * windows over as many items as MovieLens 1M has are made from a seed. torch is installed into an environment that is
 * removed afterwards; PYTHON names an interpreter that has it already.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { cpuMs, show, summary } from './cpu-time.mjs';
import { chance } from './made-data.mjs';
import { inFolder, machine, startPeer } from './peer.mjs';

const require = createRequire(import.meta.url);
const { fitSasRec, sequencesOf } = require('../../libs/algorithms');
const { onnxGraphRuntime } = require('../../libs/inference');
const { StoppedError } = require('../../libs/numeric');

const PACKAGES = ['torch==2.15.0', 'numpy==2.4.6'];
const ITEMS = 3416;
const RATE = 0.002;
const usual = { batch: 128, window: 200, dims: 64, blocks: 2, heads: 2, steps: 6, rounds: 3, threads: 1 };
const options = { data: { type: 'string' } };
for (const [name, value] of Object.entries(usual)) options[name] = { type: 'string', default: String(value) };
const { values } = parseArgs({ options });
const { batch, window, dims, blocks, heads, steps, rounds, threads } = Object.fromEntries(
  Object.keys(usual).map((name) => [name, Number(values[name])]),
);
const runtime = onnxGraphRuntime({ threads });
const sequences = values.data === undefined ? madeSequences() : readSequences(values.data);

await inFolder(async (folder) => {
  const peer = await startPeer('sasrec_peer.py', { packages: PACKAGES, folder, threads, args: [String(threads)] });
  console.log(`${machine()}; peer: ${peer.name}; ${threads} thread(s)`);
  console.log(
    `${sequences.itemCount} items, windows of ${window}, ${batch} a step, ${dims} dims, ${blocks} blocks, ${heads} heads; ` +
      `${rounds} rounds of ${steps} steps`,
  );
  const shape = { items: sequences.itemCount, window, dims, blocks, heads };
  const both = async (dropout) => {
    const ours = await trained(dropout);
    const lessons = written(ours, folder);
    return { ours, theirs: await peer.ask({ ...shape, folder, lessons, dropout }) };
  };
  toldSame(await both(0));
  const all = [];
  for (let round = 0; round < rounds; round++) all.push(await both(0.2));
  report(all);
  peer.stop();
});

/** So many steps of a fit, and what they learned from. */
async function trained(dropout) {
  const [cpu, wall, losses, lessons] = [[], [], [], []];
  let start;
  const watched = {
    open: async (model) => {
      const session = await runtime.open(model);
      const run = async (feeds, outputs) => {
        start ??= feeds.parameters.slice();
        const results = await session.run(feeds, outputs);
        lessons.push(feeds);
        losses.push(results.loss[0]);
        return results;
      };
      return { run, close: () => session.close() };
    },
  };
  const progress = () => {
    cpu.push(cpuMs());
    wall.push(performance.now());
  };
  const training = { dims, blocks, heads, window, batch, dropout, rate: RATE, warmup: 0, epochs: 1, random: chance(7) };
  const shouldStop = () => losses.length >= steps;
  await fitSasRec(sequences, { ...training, progress, shouldStop }, watched).catch((error) => {
    if (!(error instanceof StoppedError)) throw error;
    progress();
  });
  return { cpu: gaps(cpu), wall: gaps(wall), losses, lessons, start };
}

/** As the peer reads it: for each step the int32 of its parts one after another, of which the answer says the lengths. */
function written({ lessons, start }, folder) {
  writeFileSync(join(folder, 'start.f32'), start);
  return lessons.map(({ items, positions, rows, targets, rate }, step) => {
    const parts = [items, positions, rows, targets];
    writeFileSync(join(folder, `${step}.i32`), Int32Array.from(parts.flatMap((part) => [...part])));
    return { lengths: parts.map(({ length }) => length), rate: rate[0] };
  });
}

function toldSame({ ours, theirs }) {
  const gap = Math.max(...ours.losses.map((loss, i) => Math.abs(loss - theirs.losses[i])));
  const of = ours.losses.map((loss) => loss.toFixed(4)).join(' ');
  console.log(`without dropout, losses ${of}; the peer's differ by at most ${gap.toExponential(0)}`);
  if (!(gap < 1e-2)) throw new Error('the two do not compute the same');
}

function report(all) {
  // The first step of a fit sets up memory.
  const of = (side, field) => summary(all.flatMap((both) => both[side][field].slice(1)));
  for (const side of ['ours', 'theirs']) {
    const { losses } = all.at(-1)[side];
    const told = `${losses[0].toFixed(3)} to ${losses.at(-1).toFixed(3)}`;
    console.log(`${side}, a step: ${show(of(side, 'cpu'))} CPU ms; ${show(of(side, 'wall'))} ms; loss ${told}`);
  }
  const ratio = (field, by) => (of('ours', field)[by] / of('theirs', field)[by]).toFixed(2);
  console.log(`ratio of CPU: min ${ratio('cpu', 'min')}, median ${ratio('cpu', 'median')}`);
  console.log(`ratio of time: min ${ratio('wall', 'min')}, median ${ratio('wall', 'median')}`);
}

function gaps(marks) {
  return marks.slice(1).map((mark, i) => mark - marks[i]);
}

/** A full window for each user; what follows is near in number to what was before, or popular. */
function madeSequences() {
  const random = chance(1);
  const lists = Array.from({ length: steps * batch }, () => {
    const list = [Math.floor(ITEMS * random())];
    for (let at = 0; at < window; at++) {
      const near = (list[at] + 1 + Math.floor(10 * random())) % ITEMS;
      list.push(random() < 0.5 ? near : Math.floor(ITEMS * random() ** 2));
    }
    return list;
  });
  return sequencesOf(lists, ITEMS);
}

function readSequences(path) {
  const bytes = readFileSync(path);
  const records = parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), { columns: true });
  const [lists, rows] = [new Map(), new Map()];
  for (const { user, item, part = 'train' } of records) {
    if (part !== 'train') continue;
    if (!rows.has(item)) rows.set(item, rows.size);
    if (!lists.has(user)) lists.set(user, []);
    lists.get(user).push(rows.get(item));
  }
  return sequencesOf([...lists.values()], rows.size);
}
