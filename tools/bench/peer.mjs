/** A library of Python beside ours in one run: installed for the time of the run, asked over lines of JSON. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { machine as processor } from './gateway.mjs';

/** Runs `work` with a folder that is removed afterwards. */
export async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'attune-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The Python named by PYTHON, else one of a new environment in `folder` with the packages. */
export function pythonWith(packages, folder) {
  if (process.env.PYTHON !== undefined) return process.env.PYTHON;
  console.log(`installing ${packages.join(' ')} into ${folder}`);
  execFileSync('python3', ['-m', 'venv', join(folder, 'venv')]);
  const python = join(folder, 'venv', 'bin', 'python');
  const install = ['-m', 'pip', 'install', '--quiet', ...packages];
  execFileSync(python, install, { stdio: ['ignore', 'ignore', 'inherit'] });
  return python;
}

/**
 * Starts a script of this folder. Its first line says `{"name"}`; then it answers each line with one.
 * @param threads that its libraries may take
 */
export async function startPeer(script, { packages, folder, threads = 1, args = [] }) {
  const count = String(threads);
  // Read before a library loads its BLAS.
  const env = { ...process.env, OPENBLAS_NUM_THREADS: count, OMP_NUM_THREADS: count, MKL_NUM_THREADS: count };
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(pythonWith(packages, folder), [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the peer ended early; its message is above');
    return JSON.parse(value);
  };
  const about = await next();
  const ask = (question) => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    return next();
  };
  return { ...about, ask, stop: () => child.stdin.end() };
}

/** Processor, cores, Node, and how busy they are. */
export const machine = () => `${processor()}; load ${loadavg()[0].toFixed(1)}`;
