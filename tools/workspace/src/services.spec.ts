import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { workspaceRoot } from './source-files.js';

const SERVICES = join(workspaceRoot, 'tools/services');
const MAIN = join(SERVICES, 'services.mjs');

/** The value of an expression that uses names of a module of the launcher: jest loads no ES modules. */
function evaluate(module: string, names: string, expression: string): unknown {
  const code = `import { ${names} } from './${module}'; console.log(JSON.stringify(await (${expression})))`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: SERVICES }).toString());
}

/** What a Redis answers to commands. */
async function askRedis(url: string, ...commands: readonly string[]): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write([...commands, 'QUIT', ''].join('\r\n'));
  return await text(socket);
}

describe('the launcher', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attune-services-spec-'));
    // Root's servers run as another user, who must be able to reach the folder.
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Nothing of the environment of this run, and no Docker: its servers would need images. */
  const environment = (more: Record<string, string>) => {
    const { ELASTICSEARCH_URL: _elasticsearch, REDIS_URL: _redis, ...rest } = process.env;
    return { ...rest, ATTUNE_SERVICES_DIR: folder, DOCKER_HOST: 'unix:///nowhere', ...more };
  };
  const launch = (args: readonly string[], more: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env: environment(more) });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (part: Buffer) => (said.stdout += part.toString()));
    child.stderr.on('data', (part: Buffer) => (said.stderr += part.toString()));
    const ended = new Promise<{ readonly code: number | null } & typeof said>((done) =>
      child.once('close', (code) => done({ code, ...said })),
    );
    return { child, ended };
  };
  const run = async (args: readonly string[], more?: Record<string, string>) => await launch(args, more).ended;

  it('explains itself, with examples', async () => {
    const help = await run(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const part of ['up', 'down', 'status', '--name', '--keep', 'ELASTICSEARCH_URL', 'export $(npm run'])
      expect(help.stdout).toContain(part);
  });

  it.each([
    [[], 'Say one of: up, down, status.'],
    [['start'], 'Say one of: up, down, status.'],
    [['up', 'down'], 'Say one of: up, down, status.'],
    [['up', '--nmae', 'x'], "Unknown option '--nmae'"],
    [['up', '--name', '../x'], '--name ../x: use lower-case letters'],
    [['up', '--keep'], '--keep is an option of down'],
  ])('refuses %j with one clear message', async (args, message) => {
    const answer = await run(args);
    expect(answer).toMatchObject({ code: 1, stdout: '' });
    expect(answer.stderr).toContain(message);
    expect(answer.stderr).not.toContain('    at ');
  });

  it('stops no process but its own: a pid may be another process by now', async () => {
    mkdirSync(join(folder, 'default'));
    const servers = { redis: { way: 'local', port: 1, pid: process.pid, start: 'before this process' } };
    writeFileSync(join(folder, 'default/servers.json'), JSON.stringify(servers));
    const status = await run(['status']);
    expect(status).toMatchObject({ code: 3, stdout: expect.stringContaining('Redis has ended') });
    expect((await run(['down'])).stdout).toBe('nothing of this set runs\n');
  });

  it('takes over the lock of a process that has ended', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(join(folder, 'default.lock'), JSON.stringify({ pid, start: 'some time' }));
    expect(await run(['down'])).toMatchObject({ code: 0, stdout: 'nothing of this set runs\n' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('unpacks no other distribution than the pinned one', async () => {
    const program = (path: string, script: string) => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    };
    program('jdk/bin/java', `echo 'openjdk version "25.0.1"' >&2`);
    program('jdk/bin/jar', `touch '${join(folder, 'unpacked')}'`);
    program(
      'bin/mvn',
      'for word; do case $word in -Doutput=*) touch "${word#*=}/elasticsearch-9.5.3.zip";; esac; done',
    );
    const answer = await run(['up'], {
      REDIS_URL: 'redis://127.0.0.1:1',
      PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`,
      ES_JAVA_HOME: join(folder, 'jdk'),
      ATTUNE_SERVICES_CACHE: join(folder, 'cache'),
    });
    expect(answer).toMatchObject({ code: 1, stdout: '' });
    expect(answer.stderr).toContain('is not the pinned Elasticsearch 9.5.3: its SHA-256 is e3b0c442');
    expect(readdirSync(folder).sort()).toEqual(['bin', 'cache', 'jdk']);
    expect(readdirSync(join(folder, 'cache'))).toEqual([]);
  });

  it('knows a process by its pid and start, and one that has ended', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const expression = `Promise.all([
      startOf(process.pid).then((start) => isRunning({ pid: process.pid, start })),
      isRunning({ pid: process.pid, start: 'another' }),
      startOf(${pid}).then((start) => start === undefined),
    ])`;
    expect(evaluate('processes.mjs', 'isRunning, startOf', expression)).toEqual([true, false, true]);
  });

  it('takes the first JDK that is new enough', () => {
    const homes = { '/a': 17, '/b': undefined, '/c': 25, '/d': 21 };
    const choose = (names: readonly string[]) =>
      evaluate(
        'jdk.mjs',
        'chooseJdk',
        `chooseJdk(${JSON.stringify(names)}, (home) => (${JSON.stringify(homes)})[home]).then((home) => home ?? 'none')`,
      );
    expect(choose(['/a', '/b', '/c', '/d'])).toBe('/c');
    expect(choose(['/a', '/b'])).toBe('none');
  });

  it('reads the major version of Java, old and new style', () => {
    const texts = [
      'openjdk version "25.0.1" 2025-10-21',
      'java version "1.8.0_402"',
      'openjdk version "21" 2023-09-19',
    ];
    expect(evaluate('jdk.mjs', 'majorIn', `${JSON.stringify(texts)}.map(majorIn)`)).toEqual([25, 8, 21]);
  });

  it('publishes a container on loopback only, its data in a volume of its name', () => {
    const image = { name: 'image:1', port: 9200, data: '/data', environment: { a: 'b' }, command: ['run', ''] };
    const args = evaluate('docker.mjs', 'runArguments', `runArguments('attune-x-y', ${JSON.stringify(image)}, 4711)`);
    expect(args).toEqual(
      ['run', '--detach', '--name', 'attune-x-y', '--publish', '127.0.0.1:4711:9200'].concat([
        '--volume',
        'attune-x-y:/data',
        '--env',
        'a=b',
        'image:1',
        'run',
        '',
      ]),
    );
  });

  describe('with an Elasticsearch given by its URL', () => {
    /** Whether the stand-in leaves requests without an answer. */
    let silent = false;
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (silent) return;
      if (request.url?.startsWith('/_cluster/health?')) response.end('{"status":"green","timed_out":false}');
      else if (request.url?.startsWith('/_nodes/_local?')) response.end('{"nodes":{"n":{"version":"9.0.0"}}}');
      else response.writeHead(404).end('{}');
    });
    let given: { readonly ELASTICSEARCH_URL: string };
    beforeAll(async () => {
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      given = { ELASTICSEARCH_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    });
    afterEach(async () => {
      for (const name of ['default', 'other']) await run(['down', '--name', name]);
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    it('says which URL does not answer, and starts nothing', async () => {
      const answer = await run(['up'], { ...given, REDIS_URL: given.ELASTICSEARCH_URL });
      expect(answer).toMatchObject({ code: 1, stdout: '' });
      expect(answer.stderr).toMatch(/^Elasticsearch 9\.0\.0 is healthy \(ELASTICSEARCH_URL\)$/m);
      expect(answer.stderr).toMatch(/^Redis does not answer at the URL in REDIS_URL: .*unset it/m);
      expect((await run(['status'])).stdout).toBe('Elasticsearch is not started\nRedis is not started\n');
    });

    it('says what to do where there is no way', async () => {
      const answer = await run(['up'], { ...given, PATH: '' });
      expect(answer).toMatchObject({ code: 1, stdout: '' });
      expect(answer.stderr).toContain('No Redis: set REDIS_URL, start Docker, or install redis-server.');
    });

    const available = spawnSync('redis-server', ['--version']).status === 0;
    const withRedis = available ? it : it.skip;
    const why = available ? '' : ' (skipped: no redis-server here)';

    withRedis(`starts Redis once, again after it was killed, and ends it with its data${why}`, async () => {
      const [first, second] = await Promise.all([run(['up'], given), run(['up'], given)]);
      expect(first.stdout).toMatch(/^ELASTICSEARCH_URL=http:\S+\nREDIS_URL=redis:\/\/127\.0\.0\.1:\d+\n$/);
      expect(second.stdout).toBe(first.stdout);
      expect((await run(['up', '--name', 'other'], given)).stdout).not.toBe(first.stdout);
      const url = first.stdout.split('REDIS_URL=')[1] ?? '';
      expect(await askRedis(url, 'SET key kept', 'CONFIG GET maxmemory-policy')).toContain('noeviction');

      const pid = () => JSON.parse(readFileSync(join(folder, 'default/servers.json'), 'utf8')).redis.pid as number;
      const killed = pid();
      process.kill(killed, 'SIGKILL');
      expect((await run(['up'], given)).stdout).toBe(first.stdout);
      expect(pid()).not.toBe(killed);
      expect(await askRedis(url, 'GET key')).toContain('kept');
      expect(await run(['status'], given)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Redis \d\S+ at redis:\S+ \(local process, pid \d+(, \d+ MB)?\)$/m),
      });

      expect((await run(['down', '--keep'], given)).stdout).toBe('stopped: Redis\n');
      expect((await run(['up'], given)).stdout).toBe(first.stdout);
      expect(await askRedis(url, 'GET key')).toContain('kept');
      expect((await run(['down'], given)).stdout).toBe('stopped: Redis\n');
      expect(await run(['status'], given)).toMatchObject({ code: 3, stdout: expect.stringContaining('not started') });
      expect(readdirSync(folder)).toEqual(['other']);
    });

    withRedis(`leaves nothing running after Ctrl-C${why}`, async () => {
      silent = true;
      const up = launch(['up'], given);
      up.child.stderr.on('data', (part: Buffer) => part.includes('starting Redis') && up.child.kill('SIGINT'));
      expect(await up.ended).toMatchObject({ code: 130, stdout: '', stderr: expect.stringContaining('interrupted') });
      silent = false;
      expect((await run(['status'], given)).stdout).toContain('Redis has ended: `up` starts it again\n');
    });
  });
});
