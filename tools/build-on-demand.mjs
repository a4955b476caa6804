/**
 * What `npm start` and `attune` share: builds what has changed since the last build, then hands over to a program of
 * the workspace. The program runs in this process: signals, exit code and terminal are its own, and no second Node
 * stays in memory.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// As engines in package.json says. import.meta.dirname is younger than some versions this check is for.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Attune needs Node.js 20.19 or newer; this is ${process.versions.node}. Install it from https://nodejs.org.`,
  );
  process.exit(1);
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const kernels = join(root, 'libs/numeric/build-kernels.mjs');
/** What the last build was made of. In node_modules: a new `npm ci` builds again. */
const stamp = join(root, 'node_modules/.cache/attune/build-stamp');

const folders = ['libs', 'apps'].flatMap((parent) =>
  readdirSync(join(root, parent)).map((name) => join(root, parent, name)),
);

/**
 * Becomes the program `main`, a path such as `apps/gateway/dist/main.js`. `output`: file descriptor for what a build says,
 * 1 (stdout, the default) or 2 where stdout is the program's alone.
 */
export async function becomeProgram(main, { output = 1 } = {}) {
  const path = join(root, main);
  const state = sourceState();
  const complete =
    existsSync(path) && folders.every((folder) => !isProject(folder) || existsSync(join(folder, 'dist/index.js')));
  if (!complete || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== state) await build({ main, state, output });
  process.argv[1] = path;
  Module.runMain(path);
}

function isProject(folder) {
  return existsSync(join(folder, 'tsconfig.lib.json'));
}

/** For the workspace and each project, a digest of the names, sizes and times of all that a build reads but specs. */
function sourceState() {
  const shared = ['tsconfig.json', 'tsconfig.base.json', 'package-lock.json'].map((name) => join(root, name));
  return JSON.stringify({
    [root]: digestOf(shared),
    ...Object.fromEntries(folders.filter(isProject).map((folder) => [folder, digestOf(filesIn(folder))])),
  });
}

function digestOf(files) {
  const digest = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(file);
    digest.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return digest.digest('hex');
}

function filesIn(folder) {
  const skipped = new Set(['dist', 'node_modules', 'test-results', 'assets']);
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesIn(path);
    return /\.(ts|mjs|json)$/.test(entry.name) && !/\.(e2e-)?spec\.ts$/.test(entry.name) ? [path] : [];
  });
}

/**
 * tsc takes a file older than its last build for unchanged, though an unpacked archive or a restored backup brings such
 * files: with the record of the last build made old, it compares contents instead.
 */
function ageBuildRecords(state) {
  const before = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : {};
  const now = JSON.parse(state);
  for (const folder of folders) {
    const record = join(folder, 'dist/.tsbuildinfo');
    if (now[folder] !== before[folder] && existsSync(record)) utimesSync(record, 0, 0);
  }
}

/** Compiles the kernels, then every project that changed; ends this process where either fails. */
async function build({ main, state, output }) {
  if (!existsSync(compiler)) {
    console.error('Attune is not installed yet: run `npm ci` first.');
    process.exit(1);
  }
  (output === 1 ? process.stdout : process.stderr).write('building…\n');
  if (existsSync(kernels)) await node(output, kernels);
  ageBuildRecords(state);
  await node(output, compiler, '-b', join(root, 'tsconfig.json'));
  if (!existsSync(join(root, main))) {
    console.error(`The build made no ${main}: delete the dist folders and start again.`);
    process.exit(1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  // The state from before the build: a file saved while it ran is built next time.
  writeFileSync(stamp, state);
}

function node(output, ...args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['inherit', output, 'inherit'] });
  const stop = (signal) => {
    child.kill(signal);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return new Promise((done) => {
    child.once('close', (code) => {
      process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
      if (code === 0) return done();
      console.error('The build failed: the messages above name the cause.');
      process.exit(1);
    });
  });
}
