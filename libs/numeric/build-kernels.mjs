// Compiles kernels/*.ts (AssemblyScript) to dist/kernels.wasm; does nothing when that file is newer than every source.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const sources = readdirSync(join(root, 'kernels'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(root, 'kernels', name));
const target = join(root, 'dist', 'kernels.wasm');

const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newest = Math.max(...[...sources, fileURLToPath(import.meta.url)].map(changedAt));
if (changedAt(target) <= newest) compile();

function compile() {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const asc = join(createRequire(import.meta.url).resolve('assemblyscript/package.json'), '..', 'bin', 'asc.js');
  const flags = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--noAssert'];
  // Written beside and renamed, so that a test run that starts meanwhile never reads half a file.
  const partial = `${target}.partial.wasm`;
  const inputs = sources.map((path) => relative(root, path));
  execFileSync(process.execPath, [asc, ...inputs, ...flags, '--outFile', partial], { cwd: root, stdio: 'inherit' });
  renameSync(partial, target);
}
