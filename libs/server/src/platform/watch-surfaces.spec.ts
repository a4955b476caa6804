import { rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pino from 'pino';
import { loadSurfaces } from '../config/load-config.js';
import { builtIns } from '../testing/built-ins.js';
import { engineOn } from '../testing/open-engine.js';
import { pipelineText } from '../testing/pipelines.js';
import { openScratchStores } from '../testing/scratch-stores.js';
import { watchSurfaces } from './watch-surfaces.js';

/** Waits for a condition, nearly as long as a test may take: the file system tells of a change when it likes. */
async function until(holds: () => boolean, lines: readonly unknown[]): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn === 5_000) throw new Error(`never came: ${holds.toString()} ${JSON.stringify(lines)}`);
    await wait(5);
  }
}

it('serves a good edit; refuses a broken one, or one without a required filter, and says why', async () => {
  const { stores, folder, close } = await openScratchStores();
  const surfaces = join(folder, 'surfaces');
  await mkdir(surfaces);
  const write = (name: string, text: string): void => writeFileSync(join(surfaces, name), text);
  write('home.yaml', pipelineText('home'));
  const engine = engineOn(stores, builtIns());
  await engine.load(loadSurfaces(surfaces));
  const lines: { level: number; msg: string }[] = [];
  const log = pino({}, { write: (line) => void lines.push(JSON.parse(line) as { level: number; msg: string }) });
  const stop = watchSurfaces(surfaces, () => [engine], log);

  write('offers.yml', pipelineText('offers'));
  await until(() => engine.surfaces.includes('offers'), lines);
  write('notes.txt', 'not a pipeline');

  write('home.yaml', pipelineText('home', { score: [{ use: 'popularty' }] }));
  await until(
    () => lines.some(({ msg }) => msg.includes('home.yaml:') && msg.includes("did you mean 'popularity'?")),
    lines,
  );
  write('home.yaml', pipelineText('home', { filter: [{ use: 'where' }, { use: 'seen' }] }));
  await until(
    () => lines.some(({ msg }) => msg.includes(`home.yaml:14: surface 'home' lacks the filter 'availability'`)),
    lines,
  );
  expect(engine.surfaces).toEqual(['home', 'offers']);
  const refused = lines.filter(({ level }) => level === 50);
  expect(refused.length).toBeGreaterThanOrEqual(2);
  for (const { msg } of refused) expect(msg).toMatch(/^pipelines not reloaded, the old ones keep serving: /);

  rmSync(join(surfaces, 'offers.yml'));
  write('home.yaml', pipelineText('start'));
  await until(() => engine.surfaces.join() === 'start', lines);
  await stop();
  await engine.close();
  await close();
});
