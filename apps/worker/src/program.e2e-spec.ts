import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(__dirname, '..', 'dist', 'main.js');

/** The built worker, run to its end. */
function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}): SpawnSyncReturns<string> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-worker-'));
  try {
    const env = { PATH: process.env['PATH'], PORT: '0', ATTUNE_DATA_DIR: join(folder, 'data'), ...variables };
    return spawnSync(process.execPath, [MAIN, ...args], { env, encoding: 'utf8', timeout: 300_000 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it('says what it is for, and its version', () => {
  expect(run(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('npm run start:worker') });
  expect(run(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it.each([
  [['--halp'], {}, 'see npm run start:worker -- --help'],
  [[], {}, 'npm run services:up'],
  [[], { REDIS_URL: 'redis://127.0.0.1:1' }, 'ELASTICSEARCH_URL'],
  [
    [],
    { ELASTICSEARCH_URL: 'http://ann:secret@127.0.0.1:1', REDIS_URL: 'redis://127.0.0.1:1' },
    'Elasticsearch at http://127.0.0.1:1/ does not answer',
  ],
])('ends with one line that names the fix: %j %j', (args, variables, fix) => {
  const { status, stderr } = run(args, variables);
  expect([status, stderr]).toEqual([1, expect.stringContaining(fix)]);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).not.toContain('secret');
});
