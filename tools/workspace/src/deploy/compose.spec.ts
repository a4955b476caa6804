import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../source-files.js';
import { composeSchema, type ComposeFile } from './compose.schema.js';
import { environmentFault, interpolate, ofServer, PINNED, stopMs, textOf, yamlOf } from './deploy-files.js';

const KEY = 'a-long-secret-key-1';

/** compose.yaml with these variables given. */
function composeWith(variables: Readonly<Record<string, string>>): ComposeFile {
  return composeSchema.parse(interpolate(yamlOf('compose.yaml'), variables));
}

const seconds = (duration: string): number => Number(/^(\d+)s$/.exec(duration)?.[1]);

describe('compose.yaml', () => {
  const file = composeWith({ ATTUNE_API_KEYS: KEY });
  const { gateway, worker, elasticsearch, redis } = file.services as Record<string, ComposeFile['services'][string]>;
  const services = Object.entries(file.services);
  const ours = services.filter(([, { build }]) => build !== undefined);

  it('is what Compose takes, and names what it uses', () => {
    expect(Object.keys(file.services)).toEqual(['gateway', 'worker', 'elasticsearch', 'redis']);
    const volumes = services.flatMap(([, service]) => service.volumes.map((one) => one.split(':', 1)[0]!));
    expect(volumes.filter((one) => !(one in file.volumes) && !existsSync(join(workspaceRoot, one)))).toEqual([]);
    expect(services.flatMap(([, { networks }]) => networks).filter((one) => !(one in file.networks))).toEqual([]);
    const awaited = ours.flatMap(([, { depends_on }]) => Object.keys(depends_on ?? {}));
    expect(awaited.filter((one) => file.services[one]?.healthcheck === undefined)).toEqual([]);
  });

  it.each<[string, (file: ComposeFile) => object]>([
    ['a misspelt member', ({ services }) => ({ services: { ...services, redis: { ...redis, helthcheck: {} } } })],
    ['a number where text is needed', ({ services }) => ({ services: { redis: { ...services['redis'], image: 7 } } })],
    [
      'a condition that is none',
      ({ services }) => ({
        services: { g: { ...services['gateway'], depends_on: { redis: { condition: 'healthy' } } } },
      }),
    ],
    ['a section that is none', () => ({ service: {} })],
  ])('would be refused with %s', (_, change) => {
    expect(composeSchema.safeParse({ ...file, ...change(file) }).success).toBe(false);
  });

  it('pins images, ours to this version and the services to those that the tests run on', () => {
    const { version } = JSON.parse(textOf('package.json')) as { version: string };
    expect(ours.map(([, { image }]) => image)).toEqual([`attune:${version}`, `attune:${version}`]);
    expect(services.filter(([, { image }]) => !PINNED.test(image))).toEqual([]);
    const code = `
      import { elasticsearch } from './elasticsearch.mjs';
      import { redis } from './redis.mjs';
      console.log(JSON.stringify([elasticsearch.image.name, redis.image.name]));`;
    const options = { cwd: join(workspaceRoot, 'tools/services'), encoding: 'utf8' } as const;
    const tested: unknown = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', code], options));
    expect([elasticsearch?.image, redis?.image]).toEqual(tested);
  });

  it('starts programs of the workspace with variables that the server knows', () => {
    const known = ofServer(`Object.keys(load('config/environment.schema.js').environmentSchema.shape)`);
    for (const [name, { command, environment }] of ours) {
      expect(command).toEqual(['node', `apps/${name}/dist/main.js`]);
      expect(existsSync(join(workspaceRoot, `apps/${name}/src/main.ts`))).toBe(true);
      expect(known).toEqual(expect.arrayContaining(Object.keys(environment ?? {})));
    }
  });

  it('gives an environment that the server starts with, and asks for a key where there is none', () => {
    const faults = ours.map(([, { environment }]) => environmentFault({ HOST: '0.0.0.0', ...environment }));
    expect(faults).toEqual(['', '']);
    expect(() => composeWith({})).toThrow('ATTUNE_API_KEYS: put a line');
    const short = composeWith({ ATTUNE_API_KEYS: 'short' }).services['gateway'];
    expect(environmentFault({ ...short?.environment })).toMatch(/^ATTUNE_API_KEYS: /);
  });

  it('publishes the gateway and nothing else, on this machine unless it is told another', () => {
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(['gateway']);
    expect(gateway?.ports).toEqual(['127.0.0.1:3000:3000']);
    const elsewhere = composeWith({ ATTUNE_API_KEYS: KEY, BIND: '0.0.0.0', PORT: '80' });
    expect(elsewhere.services['gateway']?.ports).toEqual(['0.0.0.0:80:3000']);
    const inner = services.filter(([name]) => name !== 'gateway').map(([, { networks }]) => networks);
    expect(inner).toEqual([['back'], ['back'], ['back']]);
    expect(file.networks['back']).toEqual({ internal: true });
  });

  it('has the addresses of its own services, one data folder, and a gateway that leaves jobs to workers', () => {
    for (const [, { environment, volumes }] of ours) {
      expect(environment).toMatchObject({
        ELASTICSEARCH_URL: 'http://elasticsearch:9200',
        REDIS_URL: 'redis://redis:6379',
      });
      expect(volumes).toContain('data:/data');
    }
    expect(gateway?.environment?.['ATTUNE_ROLE']).toBe('gateway');
    expect(redis?.command?.join(' ')).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/);
  });

  it('lets a process end what it is at, and restarts one that died', () => {
    expect(seconds(worker?.stop_grace_period ?? '') * 1000).toBeGreaterThan(stopMs().worker);
    expect(seconds(gateway?.stop_grace_period ?? '') * 1000).toBeGreaterThan(stopMs().gateway);
    expect(services.map(([, { restart }]) => restart)).toEqual(Array(4).fill('unless-stopped'));
  });

  it('takes rights away from our processes', () => {
    for (const [, service] of ours)
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  });
});
