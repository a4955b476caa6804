import { setTimeout as wait } from 'node:timers/promises';
import type { BulkEncoder } from '@attune/inference';
import { BulkEncoders } from './bulk-encoders.js';

type Opened = BulkEncoder & { open: boolean };

/** Models that know whether they were closed. */
function opener(failFirst = false): { readonly opened: Opened[]; open(): Promise<BulkEncoder> } {
  const opened: Opened[] = [];
  let failing = failFirst;
  return {
    opened,
    async open() {
      await Promise.resolve();
      if (failing) {
        failing = false;
        throw new Error('no such model');
      }
      const info = { id: 'tiny', digest: 'tiny', dims: 1, metric: 'dot', maxTokens: 8, open: true } as const;
      const one: Opened = {
        ...info,
        embed: (texts) =>
          one.open ? Promise.resolve(new Float32Array(texts.length)) : Promise.reject(new Error('closed')),
        close: () => Promise.resolve(void (one.open = false)),
      };
      opened.push(one);
      return one;
    },
  };
}
const use = (encoder: BulkEncoder): Promise<Float32Array> => encoder.embed(['x']);
/** Waits for what a timer of some milliseconds brings about. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(1);
}

describe('BulkEncoders', () => {
  it('gives two who work at the same time one model, which outlives the first to end', async () => {
    const models = opener();
    const bulk = new BulkEncoders(() => models.open(), 0);
    let free = (): void => undefined;
    const held = bulk.with('text', async (encoder) => {
      await new Promise<void>((resolve) => (free = resolve));
      return use(encoder);
    });
    await bulk.with('text', use);
    // A timer of the same length set later: had the model been let go of, it would be closed by now.
    await wait(0);
    expect(models.opened.map(({ open }) => open)).toEqual([true]);
    free();
    expect(await held).toHaveLength(1);
    await until(() => !models.opened[0]!.open);
    await bulk.with('text', use);
    expect(models.opened).toHaveLength(2);
    await bulk.close();
  });

  it('keeps an unused model for a while, so that a burst of writes opens one', async () => {
    const models = opener();
    const bulk = new BulkEncoders(() => models.open(), 60_000);
    for (let i = 0; i < 3; i++) await bulk.with('text', use);
    await bulk.with('other', use);
    expect(models.opened.map(({ open }) => open)).toEqual([true, true]);
    await Promise.all([bulk.close(), bulk.close()]);
    expect(models.opened.map(({ open }) => open)).toEqual([false, false]);
  });

  it('opens anew after a failure, of the opening or of the work', async () => {
    const models = opener(true);
    const bulk = new BulkEncoders(() => models.open(), 60_000);
    await expect(bulk.with('text', use)).rejects.toThrow('no such model');
    await expect(bulk.with('text', () => Promise.reject(new Error('crashed')))).rejects.toThrow('crashed');
    expect(await bulk.with('text', use)).toHaveLength(1);
    expect(models.opened).toHaveLength(2);
    await bulk.close();
    expect(models.opened.map(({ open }) => open)).toEqual([false, false]);
  });
});
