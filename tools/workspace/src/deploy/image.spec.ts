import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { workspaceRoot } from '../source-files.js';
import { ofServer, PINNED, textOf } from './deploy-files.js';

const there = (path: string): boolean => existsSync(join(workspaceRoot, path));
const dockerfile = textOf('Dockerfile').replaceAll('\\\n', ' ');

/** What follows an instruction, line by line. */
function instructions(instruction: string): readonly string[] {
  const lines = dockerfile.split('\n').filter((line) => line.startsWith(`${instruction} `));
  return lines.map((line) => line.slice(instruction.length + 1));
}

/** What .dockerignore lets through. */
const sent = [...textOf('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, path = '']) => path);

describe('the image', () => {
  it('is made from one pinned Node.js, which package.json allows', () => {
    const images = [...new Set(instructions('FROM').map((line) => line.replace(/ AS .*$/, '')))];
    expect(images).toEqual([expect.stringMatching(PINNED)]);
    const [, major, minor] = /^node:(\d+)\.(\d+)\./.exec(images[0] ?? '') ?? [];
    const { engines } = JSON.parse(textOf('package.json')) as { engines: { node: string } };
    const [, neededMajor, neededMinor] = /^>=(\d+)\.(\d+)$/.exec(engines.node) ?? [];
    expect(major).toBe(neededMajor);
    expect(Number(minor)).toBeGreaterThanOrEqual(Number(neededMinor));
  });

  it('is sent what the build reads, and nothing that is not there', () => {
    expect(sent.filter((path) => !there(path))).toEqual([]);
    const { references } = JSON.parse(textOf('tsconfig.json')) as { references: { path: string }[] };
    const read = references.map(({ path }) => path.split('/')[1]);
    expect(sent).toEqual(expect.arrayContaining([...new Set(read), 'package-lock.json', 'tsconfig.base.json']));
    const [, script = ''] = /RUN node (\S+)/.exec(dockerfile) ?? [];
    expect(there(script)).toBe(true);
  });

  it('keeps the installation, and of the rest the packages only', () => {
    const kept = instructions('COPY').flatMap((line) => [...line.matchAll(/\/app\/(\S+)/g)].map(([, path]) => path));
    expect(kept).toEqual(expect.arrayContaining(['apps', 'assets', 'config', 'libs', 'package.json']));
    expect(kept.filter((path) => !sent.includes(path ?? ''))).toEqual(['node_modules']);
  });

  it('runs as somebody who is not root and owns the data folder', () => {
    expect(instructions('USER')).toEqual(['1000:1000']);
    expect(instructions('VOLUME')).toEqual(['/data']);
    expect(instructions('RUN')).toContain('mkdir /data && chown node:node /data');
  });

  it('sets no variable that the server does not know', () => {
    const set = instructions('ENV').flatMap((line) => [...line.matchAll(/(\w+)=/g)].map(([, name]) => name));
    const known = ofServer(`Object.keys(load('config/environment.schema.js').environmentSchema.shape)`);
    expect(set).toEqual(expect.arrayContaining(['HOST', 'ATTUNE_DATA_DIR']));
    expect(set.filter((name) => !(known as string[]).includes(name ?? ''))).toEqual(['NODE_ENV']);
  });

  it('starts a program of the workspace', () => {
    const [, program = ''] = /^CMD \["node", "(\S+)"\]$/m.exec(dockerfile) ?? [];
    expect(there(program.replace('/dist/', '/src/').replace(/\.js$/, '.ts'))).toBe(true);
  });
});

describe("the image's question for health", () => {
  const [program = '', ...args] = JSON.parse(/ CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]') as string[];

  /** Its exit code where something answers with this status; the path it asked for. */
  async function ask(status: number): Promise<{ readonly code: number | null; readonly path: string | undefined }> {
    const server = createServer((_, response) => response.writeHead(status).end());
    let path: string | undefined;
    server.on('request', ({ url }) => (path = url));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const code = await codeOf(port);
    server.close();
    return { code, path };
  }

  async function codeOf(port: number): Promise<number | null> {
    const child = execFile(program, args, { env: { PATH: process.env['PATH'], PORT: String(port) } });
    const [code] = (await once(child, 'close')) as [number | null];
    return code;
  }

  it('is one that the server answers', async () => {
    const { code, path } = await ask(200);
    expect(code).toBe(0);
    expect(path).toBe('/health/live');
    const paths = ofServer(`load('http/operations/operations.js').OPERATIONS.map(({ path }) => path)`);
    expect(paths).toContain(path);
  });

  it('fails where the answer is none, or no good one', async () => {
    expect((await ask(503)).code).toBe(1);
    expect(await codeOf(1)).toBe(1);
  });
});
