#!/usr/bin/env node
/**
 * `npm test`: lint, typecheck, build and test of every project through Nx (unchanged projects come from its cache),
 * then one line per project and, alone on the last line, `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

const began = Date.now();
const { output, code } = await runNx(['run-many', '-t', 'lint', 'typecheck', 'build', 'test', '--parallel=2']);
const run = summary.readRun(output);

for (const task of run.failed) console.log(`\n--- ${task} failed ---\n${(run.bodies.get(task) ?? '').trim()}`);
for (const task of run.notRun) console.log(`not run, because a task before it failed: ${task}`);
if (code !== 0 && run.failed.length === 0) console.log(output.slice(-8_000));

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
console.log(`${run.bodies.size} tasks in ${Math.round((Date.now() - began) / 1000)} s`);
const { text, failed } = summary.verdict(lines, run.failed, code !== 0);
console.log(text);
process.exitCode = failed > 0 || code !== 0 ? 1 : 0;

/** Runs Nx, prints a line as each task ends, and gives back all it printed. Stopped by a signal, so is every child. */
function runNx(args) {
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules/nx/dist/bin/nx.js'), ...args, '--outputStyle=static'],
    {
      cwd: root,
      // A group of its own: a signal can be passed on to all that Nx started.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0', npm_config_loglevel: 'silent' },
    },
  );
  const stop = (signal) => {
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It has ended already.
    }
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return new Promise((done, reject) => {
    let output = '';
    let rest = '';
    const read = (chunk) => {
      output += chunk;
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) if (summary.taskOf(line)) console.log(line.replace('> nx run ', ''));
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    child.once('error', reject).once('close', (code) => done({ output, code: code ?? 1 }));
  });
}
