/** @jest-environment ../inference/jest.environment.cjs */
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { startServer, type RunningServer } from './start-server.js';
import { pipelineText } from './testing/pipelines.js';
import { scratchFolder } from './testing/scratch-stores.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await scratchFolder());
  await mkdir(join(folder, 'surfaces'));
  writeFileSync(join(folder, 'attune.config.yaml'), '{}');
  writeFileSync(join(folder, 'surfaces', 'home.yaml'), pipelineText('home'));
});
afterEach(() => remove());

const lock = (): string => join(folder, 'data', 'owner.lock');
const start = (more: Record<string, string> = {}, signal = new AbortController().signal): Promise<RunningServer> => {
  const own = { PORT: '0', ATTUNE_DATA_DIR: join(folder, 'data'), ATTUNE_CONFIG: join(folder, 'attune.config.yaml') };
  return startServer({
    variables: { ...own, ATTUNE_DEMO: 'off', ATTUNE_LOG_LEVEL: 'error', ...more },
    version: '1.2.3',
    signal,
  });
};

describe('startServer', () => {
  it('on an address that cannot be had says so before anything else, and leaves the data folder alone', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const refused = start({ PORT: String(port) }).finally(() => taken.close());
    await expect(refused).rejects.toThrow(
      `port ${port} is taken: stop what listens there, or start with PORT=${port + 1}`,
    );
    await expect(start({ HOST: '192.0.2.1', ATTUNE_API_KEYS: 'k'.repeat(16) })).rejects.toThrow(
      'HOST 192.0.2.1 is no address of this machine: mend it',
    );
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('gives the data folder back where a pipeline does not hold, whatever else is wrong with it', async () => {
    writeFileSync(
      join(folder, 'surfaces', 'home.yaml'),
      pipelineText('home', { filter: [], score: [{ use: 'popularty' }] }),
    );
    await expect(start()).rejects.toThrow(/home\.yaml:\d+: no scorer 'popularty': did you mean 'popularity'\?$/m);
    writeFileSync(join(folder, 'surfaces', 'home.yaml'), pipelineText('home', { filter: [] }));
    await expect(start()).rejects.toThrow(/home\.yaml:\d+: surface 'home' lacks the filter 'where'/);
    expect(existsSync(lock())).toBe(false);
  });

  it('given up before it listens, in the middle of an import, it leaves nothing open', async () => {
    const stop = new AbortController();
    const starting = start({ ATTUNE_DEMO: 'on' }, stop.signal);
    // Timers, not waiting: the import is under way when its marker is there.
    const looking = setInterval(
      () => existsSync(join(folder, 'data', 'demo.json')) && stop.abort(new Error('Ctrl-C')),
      1,
    );
    await expect(starting.finally(() => clearInterval(looking))).rejects.toThrow('Ctrl-C');
    expect(existsSync(lock())).toBe(false);
    await expect(start({}, AbortSignal.abort(new Error('at once')))).rejects.toThrow('at once');
  });

  it('stops twice, and can be started again', async () => {
    for (let round = 0; round < 2; round++) {
      const server = await start();
      expect(await (await fetch(`${server.url}/health/ready`)).json()).toEqual({ status: 'ok', version: '1.2.3' });
      expect(existsSync(lock())).toBe(true);
      await Promise.all([server.stop(), server.stop()]);
      expect(existsSync(lock())).toBe(false);
    }
  });
});
