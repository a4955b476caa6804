#!/usr/bin/env node
/**
 * `npm test`: lint, typecheck, build and test of every project through Nx (unchanged projects come from its cache),
 * tests with a real Elasticsearch and a real Redis where they can be had; then one line per project, what tests ran on
 * and, alone on the last line, `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startTestServices, stopTestServices } from './services/test-services.mjs';
import summary from './workspace/src/test-summary.cjs';

const root = resolve(import.meta.dirname, '..');
const projects = ['libs', 'apps', 'tools'].flatMap((parent) =>
  readdirSync(join(root, parent))
    .map((name) => `${parent}/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'jest.config.cjs'))),
);
const resultsOf = (project) => join(root, project, 'test-results/jest.json');

// Result files are outputs of the test tasks: Nx restores them with a cached run. What is there after the run is of the run.
for (const project of projects) rmSync(resultsOf(project), { force: true });

const interrupted = new AbortController();
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
for (const name of Object.keys(EXIT_CODES)) process.once(name, () => interrupted.abort(name));
const context = { say: (line) => console.log(`services: ${line}`), signal: interrupted.signal };

const told = new Set();
const began = Date.now();
try {
  const services = startTestServices(root, context);
  // They start while the code is checked and built; a failure is met where they are awaited.
  services.catch(() => undefined);
  const built = await runNx(['lint', 'typecheck', 'build']);
  const { env, summary: ranOn } = await services;
  const tested = await runNx(['test'], env);
  report([built, tested], ranOn);
} catch (error) {
  if (!interrupted.signal.aborted) console.error(error);
  process.exitCode = EXIT_CODES[interrupted.signal.reason] ?? 1;
}
await stopTestServices(root, context);
// What Nx was stopped in the middle of may still hold the pipes to this process.
process.exit();

/** Prints what became of the runs of Nx and what tests ran on, and decides the exit code. */
function report(runs, ranOn) {
  const output = runs.map((run) => run.output).join('\n');
  const crashed = runs.some(({ code }) => code !== 0);
  const run = summary.readRun(output);

  for (const task of run.failed) console.log(`\n--- ${task} failed ---\n${(run.bodies.get(task) ?? '').trim()}`);
  for (const task of run.notRun) console.log(`not run, because a task before it failed: ${task}`);
  if (crashed && run.failed.length === 0) console.log(output.slice(-8_000));

  console.log('');
  const lines = projects.map((project) => {
    const file = resultsOf(project);
    return summary.lineOf(project, existsSync(file) ? readFileSync(file, 'utf8') : undefined);
  });
  for (const line of lines) {
    const counts = `${String(line.suites).padStart(3)} suites ${String(line.passed).padStart(5)} passed`;
    const failures = line.failed > 0 ? `  ${line.failed} FAILED` : '';
    console.log(`${line.project.padEnd(18)}${counts}${failures}${line.problem ? ` (${line.problem})` : ''}`);
  }
  for (const task of run.failed) console.log(`failed: ${task}`);
  for (const line of ranOn) console.log(line);
  console.log(`${run.bodies.size} tasks in ${Math.round((Date.now() - began) / 1000)} s`);
  const { text, failed } = summary.verdict(lines, run.failed, crashed);
  console.log(text);
  process.exitCode = failed > 0 || crashed ? 1 : 0;
}

/** Runs targets of all projects by Nx, prints a line as each task ends, and gives back all that Nx printed. */
function runNx(targets, env = {}) {
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/nx/dist/bin/nx.js'),
      'run-many',
      '-t',
      ...targets,
      '--parallel=2',
      '--outputStyle=static',
    ],
    {
      cwd: root,
      // A group of its own: a signal can be passed on to all that Nx started.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...env,
        NX_DAEMON: 'false',
        NX_TUI: 'false',
        FORCE_COLOR: '0',
        npm_config_loglevel: 'silent',
      },
    },
  );
  return new Promise((resolve, reject) => {
    interrupted.signal.addEventListener('abort', () => {
      endGroup(child.pid);
      reject(interrupted.signal.reason);
    });
    let output = '';
    let rest = '';
    const read = (chunk) => {
      output += chunk;
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      parts.forEach(tellTask);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    child.once('error', reject).once('close', (code) => resolve({ output, code: code ?? 1 }));
  });
}

/** Prints the headline of a task; the second run of Nx takes from the cache what the first one has told of. */
function tellTask(line) {
  const task = summary.taskOf(line);
  if (task === undefined || told.has(task)) return;
  told.add(task);
  console.log(line.replace('> nx run ', ''));
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}
