#!/usr/bin/env node
/**
 * `npm test`: lint, typecheck, build and test of every project through Nx (unchanged projects come from its cache),
 * tests with a real Elasticsearch and a real Redis where they can be had; then one line per project, what tests ran on
 * and, alone on the last line, `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

// Elasticsearch lives for some minutes: its second compiler, half of all its work, would not pay for itself.
process.env.ATTUNE_SERVICES_JAVA_OPTIONS ??= '-XX:TieredStopAtLevel=1';

// Result files are outputs of the test tasks: Nx restores them with a cached run. What is there after the run is of the run.
for (const project of projects) rmSync(resultsOf(project), { force: true });

const interrupted = new AbortController();
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
for (const name of Object.keys(EXIT_CODES)) process.once(name, () => interrupted.abort(name));
const context = { say: (line) => console.log(`services: ${line}`), signal: interrupted.signal };

const began = Date.now();
try {
  const services = startTestServices(root, context);
  // They start while the code is compiled; a failure is met where they are awaited.
  services.catch(() => undefined);
  await compile();
  const { env, summary: ranOn } = await services;
  report(await runNx(['lint', 'typecheck', 'build', 'test'], env), ranOn);
} catch (error) {
  if (!interrupted.signal.aborted) console.error(error);
  process.exitCode = EXIT_CODES[interrupted.signal.reason] ?? 1;
}
await stopTestServices(root, context);
// What Nx was stopped in the middle of may still hold the pipes to this process.
process.exit();

/**
 * Compiles everything at once, in a third of the time that a compiler for each project takes. What does not compile is
 * told by the build of its project.
 */
async function compile() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const options = { cwd: root, stdio: 'ignore', signal: interrupted.signal };
  await once(spawn(process.execPath, [tsc, '-b', 'tsconfig.json'], options), 'close');
}

/** Prints what became of the run of Nx and what tests ran on, and decides the exit code. */
function report({ output, code }, ranOn) {
  const crashed = code !== 0;
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
  for (const { project, shaky = [] } of lines)
    for (const test of shaky) console.log(`failed once, passed when run once more: ${project}: ${test}`);
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
        // Compilers and jest make much that is soon garbage: room for it saves a tenth of their work.
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=64`.trim(),
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

/** Prints the headline of a task. */
function tellTask(line) {
  if (summary.taskOf(line) !== undefined) console.log(line.replace('> nx run ', ''));
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}
