/**
 * CPU seconds of EASE (Gram matrix, inverse, weights): ours against numpy on one BLAS thread, in turns, in one run.
 *
 *   npm run build && node tools/bench/ease.mjs [users × items × pairs = 6040x3706x1000000] [rounds = 3]
 *
 * Pairs are made from a seed; the usual numbers are those of MovieLens 1M. numpy and scipy are installed into an
 * environment that is removed afterwards; PYTHON names an interpreter that has them already.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { show, summary, timed } from './cpu-time.mjs';
import { sparse } from './made-data.mjs';
import { inFolder, machine, startPeer } from './peer.mjs';

const { fitEase } = createRequire(import.meta.url)('../../libs/algorithms');

const PACKAGES = ['numpy==2.4.6', 'scipy==1.17.1'];
const LAMBDA = 400;
const [size = '6040x3706x1000000', rounds = '3'] = process.argv.slice(2);
const [users, items, pairs] = size.split('x').map(Number);
const matrix = sparse(users, items, pairs);

await inFolder(async (folder) => {
  const peer = await startPeer('ease_peer.py', { packages: PACKAGES, folder });
  console.log(`${machine()}; peer: ${peer.name}, 1 BLAS thread`);
  console.log(`${pairs} pairs, ${users} users, ${items} items; ${rounds} rounds`);
  writeFileSync(join(folder, 'indptr.i32'), matrix.indptr);
  writeFileSync(join(folder, 'indices.i32'), matrix.indices);
  const times = { ours: [], inverse: [], cholesky: [] };
  let weights;
  for (let round = 0; round < Number(rounds); round++) {
    const own = timed(() => fitEase(matrix, { lambda: LAMBDA }));
    weights = own.result;
    times.ours.push(own.ms);
    const answer = await peer.ask({ folder, users, items, penalty: LAMBDA });
    for (const [name, ms] of Object.entries(answer)) times[name].push(ms);
  }
  const ours = summary(times.ours);
  console.log(`ours: ${show(ours)} CPU ms`);
  for (const [name, way] of Object.entries({ inverse: 'numpy.linalg.inv', cholesky: 'scipy, spotrf and spotri' })) {
    const theirs = summary(times[name]);
    const ratio = `min ${(ours.min / theirs.min).toFixed(2)}, median ${(ours.median / theirs.median).toFixed(2)}`;
    console.log(`${way}: ${show(theirs)} CPU ms; ratio ${ratio}; ours differ by ${apart(weights, folder, name)}`);
  }
  peer.stop();
});

/** Norm of the difference over the norm. */
function apart(weights, folder, name) {
  const bytes = readFileSync(join(folder, `${name}.f32`));
  const theirs = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  let [difference, norm] = [0, 0];
  for (let at = 0; at < weights.length; at++) {
    difference += (weights[at] - theirs[at]) ** 2;
    norm += theirs[at] ** 2;
  }
  return Math.sqrt(difference / norm).toExponential(0);
}
