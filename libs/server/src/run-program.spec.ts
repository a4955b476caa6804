import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const HELP = 'what it does\n';
/** Runs the program; says so once it is on its way. */
const PROGRAM = `
const { runProgram } = require(process.argv[1]);
const role = process.env.TEST_ROLE && { role: process.env.TEST_ROLE };
void runProgram({ help: ${JSON.stringify(HELP)}, usage: 'npm run it --', version: '1.2.3', ...role });
if (process.env.TEST_STOP) console.log('on its way');
`;
const built = join(dirname(createRequire(__filename).resolve('@attune/server/package.json')), 'dist', 'index.js');

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'attune-program-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The built program with these arguments and variables; `stop` is sent to it as it starts, twice. */
async function run(args: readonly string[], variables: NodeJS.ProcessEnv = {}, stop?: NodeJS.Signals): Promise<Ended> {
  const own = { PATH: process.env['PATH'], PORT: '0', ATTUNE_DATA_DIR: join(folder, 'data'), ATTUNE_DEMO: 'off' };
  const env = { ...own, ATTUNE_LOG_LEVEL: 'error', ...(stop && { TEST_STOP: stop }), ...variables };
  const child = spawn(process.execPath, ['-e', PROGRAM, built, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (stop !== undefined && stdout === '') for (let n = 0; n < 2; n++) child.kill(stop);
    stdout += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

it.each([
  [['--help'], HELP],
  [['-h', 'x'], HELP],
  [['--version'], '1.2.3\n'],
])('answers %j and opens nothing', async (args, stdout) => {
  expect(await run(args)).toEqual({ code: 0, stdout, stderr: '' });
  expect(readdirSync(folder)).toEqual([]);
});

it.each(['gateway', '--port', ''])('refuses the argument %j, and says how it is called', async (argument) => {
  const stderr = `attune: unknown argument '${argument}': see npm run it -- --help\n`;
  expect(await run([argument])).toEqual({ code: 1, stdout: '', stderr });
});

it('says in a line a variable what is wrong, with the stack where that is asked for', async () => {
  const variables = { PORT: 'http', ATTUNE_ROLE: 'worker' };
  const { code, stderr } = await run([], variables);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^attune: PORT: .*\nATTUNE_ROLE: .*\n$/)]);
  expect((await run([], { ...variables, ATTUNE_LOG_LEVEL: 'debug' })).stderr).toMatch(/^attune: PORT: [^]*\n {4}at /);
});

it('runs a worker on services only', async () => {
  const { code, stderr } = await run([], { TEST_ROLE: 'worker' });
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^attune: a worker needs ELASTICSEARCH_URL and REDIS_URL/)]);
  expect(readdirSync(folder)).toEqual([]);
});

it.each(['SIGINT', 'SIGTERM'] as const)('ends in order at %s, also while it starts and said twice', async (signal) => {
  expect(await run([], {}, signal)).toEqual({ code: 0, stdout: 'on its way\n', stderr: '' });
});
