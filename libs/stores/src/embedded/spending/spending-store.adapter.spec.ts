import { spendingStoreContract, START } from '@attune/testkit';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesHolding, Scratch } from '../../fixtures/scratch.js';
import { DurableLog } from '../log/durable-log.js';
import { EmbeddedSpendingStore } from './spending-store.adapter.js';

const DAY_MS = 86_400_000;
const scratch = new Scratch();
const opened: EmbeddedSpendingStore[] = [];
const warnings: string[] = [];
const warn = (line: string): unknown => warnings.push(line);
let now = START;

async function openStore(folder: string): Promise<EmbeddedSpendingStore> {
  const store = await EmbeddedSpendingStore.open((onRecord) => DurableLog.open(folder, { onRecord, warn }), {
    clock: () => now,
    warn,
  });
  opened.push(store);
  return store;
}

beforeEach(() => {
  now = START;
  warnings.length = 0;
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await scratch.clear();
});

describe('EmbeddedSpendingStore', () => {
  for (const { name, run } of spendingStoreContract(async () => await openStore(await scratch.folder()))) it(name, run);

  it('knows what was spent after it was closed and opened, also where a crash cut a write short', async () => {
    const folder = await scratch.folder();
    const first = await openStore(folder);
    for (const money of [0.25, 0.5, 1]) await first.add('2026-01-01', { tokens: 7, money });
    await first.add('2026-01-02', { tokens: 1, money: 0 });
    await first.close();
    await appendFile(join(folder, '000001.log'), '00000000*{"day":"2026-01-02","tok');
    const second = await openStore(folder);
    expect(await second.spent('2026-01-01')).toEqual({ tokens: 21, money: 1.75 });
    expect(await second.add('2026-01-02', { tokens: 1, money: 1 })).toEqual({ tokens: 2, money: 1 });
    await second.close();
    expect(await (await openStore(folder)).spent('2026-01-02')).toEqual({ tokens: 2, money: 1 });
  });

  it('lets days older than 400 go when its log is written anew, and no others', async () => {
    const folder = await scratch.folder();
    const first = await openStore(folder);
    for (const day of ['2025-01-01', '2025-01-02', '2025-01-03']) await first.add(day, { tokens: 1, money: 1 });
    for (let n = 0; n < 9; n++) await first.add('2026-01-01', { tokens: 1, money: 0 });
    await first.close();
    now = Date.UTC(2025, 0, 2) + 400 * DAY_MS;
    const second = await openStore(folder);
    expect(await filesHolding(folder, '2025-01-01')).toEqual([]);
    expect(await second.spent('2025-01-02')).toEqual({ tokens: 1, money: 1 });
    await second.close();
    const days = ['2025-01-01', '2025-01-02', '2025-01-03', '2026-01-01'];
    const third = await openStore(folder);
    const tokens = (await Promise.all(days.map((day) => third.spent(day)))).map((spent) => spent.tokens);
    expect(tokens).toEqual([0, 1, 1, 9]);
  });

  it('leaves out what another version wrote, and says so', async () => {
    const folder = await scratch.folder();
    const log = await DurableLog.open(folder, { onRecord: () => undefined, warn });
    await log.append([
      { day: '2026-01-01', tokens: 3, money: 1 },
      { day: '2026-01-01', tokens: -3, money: 1 },
      { day: 'yesterday', tokens: 3, money: 1 },
    ]);
    await log.close();
    expect(await (await openStore(folder)).spent('2026-01-01')).toEqual({ tokens: 3, money: 1 });
    expect(warnings).toHaveLength(2);
  });

  it('says NOT_DURABLE once closed, and adds nothing', async () => {
    const store = await openStore(await scratch.folder());
    await store.add('2026-01-01', { tokens: 1, money: 1 });
    await store.close();
    await expect(store.add('2026-01-01', { tokens: 1, money: 1 })).rejects.toMatchObject({ code: 'NOT_DURABLE' });
    expect(await store.spent('2026-01-01')).toEqual({ tokens: 1, money: 1 });
  });
});
