// Compiles kernels/*.ts (AssemblyScript), which import kernels/shared/*.ts, to dist/kernels.wasm, and for memory that
// threads share to dist/kernels.shared.wasm; does nothing where these are newer than every source.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const sourcesIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
const sources = sourcesIn(join(root, 'kernels'));
const builds = {
  'kernels.wasm': [],
  'kernels.shared.wasm': ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'],
};

const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newest = Math.max(
  ...[...sources, ...sourcesIn(join(root, 'kernels', 'shared')), fileURLToPath(import.meta.url)].map(changedAt),
);
for (const [name, flags] of Object.entries(builds)) {
  const target = join(root, 'dist', name);
  if (changedAt(target) <= newest) compile(target, flags);
}

function compile(target, more) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const asc = join(createRequire(import.meta.url).resolve('assemblyscript/package.json'), '..', 'bin', 'asc.js');
  const flags = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--noAssert', ...more];
  // Kernels pass v128 values between themselves only.
  flags.push('--disableWarning', '112');
  // Written beside and renamed, so that a test run that starts meanwhile never reads half a file.
  const partial = `${target}.partial.wasm`;
  const inputs = sources.map((path) => relative(root, path));
  execFileSync(process.execPath, [asc, ...inputs, ...flags, '--outFile', partial], { cwd: root, stdio: 'inherit' });
  renameSync(partial, target);
}
