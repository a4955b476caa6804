import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { item, openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { importDemo, type DemoImport } from './import-demo.js';

const WEEK_MS = 7 * 24 * 3_600_000;
const NOW = Date.parse('2026-11-21T09:30:00Z');
let scratch: ScratchStores;
beforeEach(async () => (scratch = await openScratchStores()));
afterEach(() => scratch.close());

const marker = (): string => join(scratch.folder, 'demo.json');
const start = (more: Partial<DemoImport> = {}): Promise<boolean> => {
  const { stores, folder } = scratch;
  return importDemo({
    stores,
    folder,
    now: NOW,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...more,
  });
};
const counts = (): Promise<number[]> => Promise.all([scratch.stores.items.size(), scratch.stores.events.size()]);

describe('importDemo', () => {
  it('goes on after it was cut short, with the same dates, and is done once', async () => {
    const cut = new AbortController();
    const progress: DemoImport['progress'] = (stage, done) =>
      void (stage === 'baskets' && done >= 2_000 && cut.abort(new Error('Ctrl-C')));
    await expect(start({ signal: cut.signal, progress })).rejects.toThrow('Ctrl-C');
    expect(await counts()).toEqual([3_791, 2_000]);
    expect(JSON.parse(readFileSync(marker(), 'utf8'))).toMatchObject({
      state: 'importing',
      lastDay: new Date(NOW).toISOString(),
    });

    const steps: string[] = [];
    const later = {
      now: NOW + 3 * WEEK_MS,
      progress: (stage: string, done: number, total: number) => void steps.push(`${stage} ${done}/${total}`),
    };
    expect(await start(later)).toBe(true);
    expect(await counts()).toEqual([3_791, 18_402]);
    expect(steps.slice(0, 3)).toEqual(['items 0/3791', 'items 3791/3791', 'baskets 1000/18402']);
    expect(steps.at(-1)).toBe('baskets 18402/18402');
    const { at } = await scratch.stores.events.history({ userId: '12680' }, NOW + 9 * WEEK_MS);
    expect(NOW - at.at(-1)!).toBeGreaterThanOrEqual(0);
    expect(NOW - at.at(-1)!).toBeLessThan(WEEK_MS);
    const known = readFileSync(marker(), 'utf8');
    expect(JSON.parse(known)).toEqual({
      state: 'done',
      lastDay: new Date(NOW).toISOString(),
      shiftWeeks: expect.any(Number),
    });

    steps.length = 0;
    expect(await start(later)).toBe(true);
    expect(steps).toEqual([]);
    expect(readFileSync(marker(), 'utf8')).toBe(known);
  });

  it('leaves a store that has data of its own alone', async () => {
    await scratch.stores.items.upsert([item('mine', 'My mug')]);
    expect(await start()).toBe(false);
    expect(await counts()).toEqual([1, 0]);
    expect(existsSync(marker())).toBe(false);
  });

  it('says what to do about a marker it cannot read', async () => {
    writeFileSync(marker(), '{"state":');
    await expect(start()).rejects.toThrow(
      `${marker()} is damaged: delete it to import the bundled shop into an empty folder`,
    );
    expect(await counts()).toEqual([0, 0]);
  });
});
