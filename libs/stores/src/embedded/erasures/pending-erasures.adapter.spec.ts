import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pendingErasuresContract } from '@attune/testkit';
import { Scratch } from '../../fixtures/scratch.js';
import { DurableLog } from '../log/durable-log.js';
import { EmbeddedPendingErasures } from './pending-erasures.adapter.js';

const scratch = new Scratch();
let folder: string;
beforeEach(async () => void (folder = await scratch.folder()));
afterEach(() => scratch.clear());

const warn = (): void => undefined;
const open = (): Promise<EmbeddedPendingErasures> =>
  EmbeddedPendingErasures.open((onRecord) => DurableLog.open(join(folder, 'erasures'), { onRecord, warn }), warn);

describe('the contract', () => {
  it.each(pendingErasuresContract(open))('$name', async ({ run }) => await run());
});

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
  expect(await after.userIds()).toEqual(['ann', 'bob']);
  expect(await after.add('ann')).toMatchObject({ userId: 'ann', anonymousIds: ['v1', 'v2'] });
  await after.close();
});

it('leaves nothing of a finished one on disk, and the others in place', async () => {
  const pending = await open();
  const ann = await pending.add('ann-who-goes', ['visitor-of-ann']);
  await pending.add('bob');
  expect(await bytesOnDisk()).toContain('ann-who-goes');
  await pending.finish(ann);
  expect(await bytesOnDisk()).not.toMatch(/ann-who-goes|visitor-of-ann/);
  expect(await pending.userIds()).toEqual(['bob']);
  await pending.close();
  const after = await open();
  expect(await after.userIds()).toEqual(['bob']);
  await after.close();
});

it('says NOT_DURABLE where it cannot be written, and accepts nobody', async () => {
  const pending = await open();
  await pending.close();
  await expect(pending.add('ann')).rejects.toMatchObject({ code: 'NOT_DURABLE' });
  expect(await pending.userIds()).toEqual([]);
});

it('removes what a torn write left of a finished one', async () => {
  const pending = await open();
  const ann = await pending.add('ann');
  await writeFile(join(folder, 'erasures', '000001.log.torn-17'), '{"userId":"ann"');
  await pending.finish(ann);
  expect(await bytesOnDisk()).not.toContain('ann');
  await pending.close();
});
