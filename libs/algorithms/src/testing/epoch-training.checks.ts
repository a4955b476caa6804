import { StoppedError, type Watch } from '@attune/numeric';
import type { EpochReport } from '../sequences/epoch.loop.js';

interface EpochTraining<Model> extends Watch {
  readonly epochs?: number;
  readonly onEpoch?: (report: EpochReport<Model>) => Promise<boolean>;
}

/** Tests of what every training in epochs keeps: reports, copies, progress and its end. */
export function itTrainsInEpochs<Model>(fit: (options: EpochTraining<Model>) => Promise<Model>): void {
  it('reports each epoch with a copy of the model, and ends when it is told', async () => {
    const losses: number[] = [];
    const copies: Model[] = [];
    const ended = await fit({
      onEpoch: async ({ epoch, loss, snapshot }) => {
        losses.push(loss);
        copies.push(snapshot());
        return epoch < 3;
      },
    });
    expect(losses).toHaveLength(3);
    expect(losses[2]).toBeLessThan(losses[0]!);
    expect(copies[2]).toEqual(ended);
    expect(copies[1]).not.toEqual(ended);
  });

  it('reports progress to the end, and stops when it is told', async () => {
    const done: number[] = [];
    await fit({ epochs: 2, progress: (at, total) => done.push(at / total) });
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect([done[0], done.at(-1)]).toEqual([0, 1]);
    await expect(fit({ shouldStop: () => done.push(0) > 10 })).rejects.toBeInstanceOf(StoppedError);
  });
}
