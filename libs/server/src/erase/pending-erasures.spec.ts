import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scratchFolder } from '../testing/scratch-stores.js';
import { PendingErasures } from './pending-erasures.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await scratchFolder()));
afterEach(() => remove());

const open = (): Promise<PendingErasures> => PendingErasures.open(join(folder, 'erasures'), () => undefined);

async function bytesOnDisk(): Promise<string> {
  const path = join(folder, 'erasures');
  const texts = await Promise.all((await readdir(path)).map((name) => readFile(join(path, name), 'latin1')));
  return texts.join('\n');
}

it('remembers over a restart who is to be erased, and with which anonymous ids', async () => {
  const before = await open();
  await before.add('ann', ['v1']);
  await before.add('bob');
  await before.add('ann', ['v2', 'v1']);
  await before.close();
  const after = await open();
  expect(after.userIds()).toEqual(['ann', 'bob']);
  expect(await after.add('ann')).toEqual({ userId: 'ann', anonymousIds: ['v1', 'v2'] });
  await after.close();
});

it('leaves nothing of a finished one on disk, and the others in place', async () => {
  const pending = await open();
  const ann = await pending.add('ann-who-goes', ['visitor-of-ann']);
  await pending.add('bob');
  expect(await bytesOnDisk()).toContain('ann-who-goes');
  await pending.finish(ann);
  expect(await bytesOnDisk()).not.toMatch(/ann-who-goes|visitor-of-ann/);
  expect(pending.userIds()).toEqual(['bob']);
  await pending.close();
  const after = await open();
  expect(after.userIds()).toEqual(['bob']);
  await after.close();
});

it('is not finished with somebody who was asked for again meanwhile', async () => {
  const pending = await open();
  const first = await pending.add('ann', ['v1']);
  await pending.add('ann');
  await pending.finish(first);
  expect(pending.userIds()).toEqual(['ann']);
  await pending.finish(await pending.add('ann'));
  await pending.finish(first);
  expect(pending.userIds()).toEqual([]);
  await pending.close();
});

it('says NOT_DURABLE where it cannot be written, and accepts nobody', async () => {
  const pending = await open();
  await pending.close();
  await expect(pending.add('ann')).rejects.toMatchObject({ code: 'NOT_DURABLE' });
  expect(pending.userIds()).toEqual([]);
});

it('removes what a torn write left of a finished one', async () => {
  const pending = await open();
  const ann = await pending.add('ann');
  await writeFile(join(folder, 'erasures', '000001.log.torn-17'), '{"userId":"ann"');
  await pending.finish(ann);
  expect(await bytesOnDisk()).not.toContain('ann');
  await pending.close();
});
