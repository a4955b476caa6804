import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { workspaceRoot } from './source-files.js';

/** Another program, that says its role and how it was called. */
const WORKER =
  "// @ts-nocheck\nexport const version = 1;\nconsole.log('worker', process.env.ATTUNE_ROLE, process.argv.slice(2).join(' '));";
/** A gateway that in `wait` mode stays until a signal, and says how it was called once it is ready for one. */
const MAIN = `// @ts-nocheck
export const version = 1;
if (process.argv[2] === 'exit') process.exitCode = 7;
if (process.argv[2] === 'wait') {
  const timer = setInterval(() => undefined, 1000);
  process.once('SIGTERM', () => { clearInterval(timer); console.log('closed'); process.exitCode = 3; });
}
if (process.env.ATTUNE_ROLE !== undefined) console.log('role', process.env.ATTUNE_ROLE);
console.log('main', require.main === module, process.argv.slice(2).join(' '));
`;

describe('npm start', () => {
  let root: string;
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const { ATTUNE_ROLE: _, ...variables } = process.env;
  const startAs = (env: NodeJS.ProcessEnv, ...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'tools/start.mjs'), ...args], { encoding: 'utf8', env });
  const start = (...args: string[]) => startAs(variables, ...args);

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'attune-start-'));
    mkdirSync(join(root, 'tools'));
    mkdirSync(join(root, 'libs'));
    mkdirSync(join(root, 'node_modules'));
    for (const tool of ['tools/start.mjs', 'tools/build-on-demand.mjs'])
      cpSync(join(workspaceRoot, tool), join(root, tool));
    symlinkSync(join(workspaceRoot, 'node_modules/typescript'), join(root, 'node_modules/typescript'));
    write('package-lock.json', '{}');
    write('tsconfig.base.json', '{}');
    const references = ['gateway', 'worker'].map((app) => ({ path: `./apps/${app}/tsconfig.lib.json` }));
    write('tsconfig.json', JSON.stringify({ files: [], references }));
    const compilerOptions = {
      composite: true,
      rootDir: 'src',
      outDir: 'dist',
      // Declarations of libraries, of which nothing is tested here, are read and checked for seconds.
      types: [],
      lib: ['es2023'],
      skipLibCheck: true,
      module: 'nodenext',
      target: 'es2023',
      tsBuildInfoFile: 'dist/.tsbuildinfo',
    };
    for (const app of ['gateway', 'worker']) {
      write(`apps/${app}/tsconfig.lib.json`, JSON.stringify({ compilerOptions, include: ['src'] }));
      write(`apps/${app}/src/index.ts`, 'export const nothing = 0;');
    }
    write('apps/gateway/src/main.ts', MAIN);
    write('apps/worker/src/main.ts', WORKER);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('builds when there is no build, and hands over its arguments', () => {
    const run = start('--help', 'x');
    expect(run.stdout).toBe('building…\nmain true --help x\n');
    expect(run.status).toBe(0);
  });

  it('does not build again when nothing changed, and ends with the exit code of the gateway', () => {
    const run = start('exit');
    expect(run.stdout).toBe('main true exit\n');
    expect(run.status).toBe(7);
  });

  it.each([
    [['gateway', '--help', 'worker'], 'role gateway\nmain true --help worker\n'],
    [['gateway'], 'role gateway\nmain true \n'],
    [['worker', '--help', 'gateway'], 'worker all --help gateway\n'],
    [['worker'], 'worker all \n'],
    [['--help', 'worker'], 'role all\nmain true --help worker\n'],
  ])('becomes the process of a role that comes first: %j', (args, output) => {
    expect(startAs({ ...variables, ATTUNE_ROLE: 'all' }, ...args).stdout).toBe(output);
  });

  it('leaves a signal to the gateway', async () => {
    const child = spawn(process.execPath, [join(root, 'tools/start.mjs'), 'wait'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (output === '') child.kill('SIGTERM');
      output += chunk;
    });
    const code = await new Promise((done) => child.once('close', done));
    expect(output).toBe('main true wait\nclosed\n');
    expect(code).toBe(3);
  });

  it('builds again after a change, even to an older time, and after a removed output', () => {
    write('apps/gateway/src/main.ts', MAIN.replace("'main'", "'changed'"));
    utimesSync(join(root, 'apps/gateway/src/main.ts'), 1_000_000_000, 1_000_000_000);
    expect(start().stdout).toBe('building…\nchanged true \n');
    rmSync(join(root, 'apps/gateway/dist'), { recursive: true });
    expect(start().stdout).toBe('building…\nchanged true \n');
  });

  it('says that the build failed and does not run what is left of the one before', () => {
    write('apps/gateway/src/main.ts', 'export const broken: number = "text";');
    const run = start();
    expect(run.stdout).toMatch(/^building…\n.*main\.ts.*TS2322/);
    expect(run.stderr).toMatch(/^The build failed/);
    expect(run.status).toBe(1);
    expect(existsSync(join(root, 'apps/gateway/dist/main.js'))).toBe(true);
  });
});
