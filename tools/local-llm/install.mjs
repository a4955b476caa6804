#!/usr/bin/env node
/**
 * `npm run llm:install`: puts node-llama-cpp and its ready-made program for this platform into tools/local-llm, apart from
 * everything else (85 MB; with what it names as optional it would be more than 1 GB). Nothing is compiled, and no script of
 * a package runs.
 *
 *   node tools/local-llm/install.mjs [--check] [--help]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `npm run llm:install [-- --check]

Installs what a language model from a GGUF file needs into tools/local-llm: node-llama-cpp and its program for this
platform, in the versions of its package-lock.json. To be rid of it: delete tools/local-llm/node_modules.

  --check  installs nothing, says whether what is there can be used
  --help   this text`;

/** Packages with a program for the processor alone (on Apple silicon also for Metal, which is not used). */
const PROGRAMS = {
  'linux x64': '@node-llama-cpp/linux-x64',
  'linux arm64': '@node-llama-cpp/linux-arm64',
  'linux arm': '@node-llama-cpp/linux-armv7l',
  'darwin arm64': '@node-llama-cpp/mac-arm64-metal',
  'darwin x64': '@node-llama-cpp/mac-x64',
  'win32 x64': '@node-llama-cpp/win-x64',
  'win32 arm64': '@node-llama-cpp/win-arm64',
};
const folder = import.meta.dirname;
const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const version = dependencies['node-llama-cpp'];
const platform = `${process.platform} ${process.arch}`;
const program = PROGRAMS[platform];

const values = readArguments();
if (values.help) console.log(HELP);
else if (program === undefined) {
  fail(`node-llama-cpp ${version} has no program for ${platform}; it has some for ${Object.keys(PROGRAMS).join(', ')}`);
} else {
  if (!values.check) install();
  check();
}

function readArguments() {
  try {
    return parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    return fail(`${error.message}\n\n${HELP}`, 2);
  }
}

function install() {
  const ownProgram = program in dependencies;
  // The lock file has the program for Linux x64, which npm refuses elsewhere unless it is forced to; it lies there unused.
  npm(['ci', '--omit=optional', '--ignore-scripts', ...(ownProgram ? [] : ['--force'])]);
  if (ownProgram) return;
  npm(['install', '--no-save', '--omit=optional', '--ignore-scripts', '--force', `${program}@${version}`]);
}

function npm(args) {
  console.log(`npm ${args.join(' ')}`);
  // A shell, because npm is a script on Windows; nothing in the arguments comes from outside.
  const { status, error } = spawnSync('npm', args, {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail(`npm ${args[0]} failed (${error?.message ?? `code ${status}`}): its message is above`);
}

/** In a process of its own: a program that does not fit the processor would end this one without a word. */
function check() {
  if (!existsSync(join(folder, 'node_modules/node-llama-cpp')))
    fail('node-llama-cpp is not installed: npm run llm:install');
  const { status, signal, stderr } = spawnSync(process.execPath, [join(folder, 'starts.mjs')], { encoding: 'utf8' });
  const reason = stderr.split('\n').find((line) => /Error/.test(line)) ?? `code ${signal ?? status}`;
  if (status !== 0) fail(`the program of ${program} does not start: ${reason.trim()}`);
  console.log(`node-llama-cpp ${version} with ${program} is in ${join(folder, 'node_modules')}, and starts`);
}

function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}
