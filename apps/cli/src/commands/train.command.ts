import type { Command } from 'commander';
import { runJob } from '../jobs/follow-job.js';
import { addCommand, runServed, type CommonOptions, type Surroundings } from './command.js';

export function addTrain(program: Command, surroundings: Surroundings): void {
  addCommand(program, {
    usage: 'train [models...]',
    summary: 'Train models from the events, and use them at once; default all that are configured.',
    examples: ['train', 'train ease item-knn', 'train --url http://127.0.0.1:3000 --json'],
  }).action((models: readonly string[], options: CommonOptions) =>
    runServed(options, surroundings, async (running) => {
      const use = models.length === 0 ? {} : { use: models };
      const job = await runJob({ type: 'train', ...use }, 'training', running);
      running.output.lines(`Trained ${job.counts.ok} ${job.counts.ok === 1 ? 'model' : 'models'}; in use from now on.`);
      running.output.document(job);
    }),
  );
  addCommand(program, {
    usage: 'embed',
    summary: 'Compute the vectors of items that have none.',
    examples: ['embed', 'embed --backfill'],
  })
    .option('--backfill', 'in the versions of spaces that are not in use, instead of those that are')
    .action((options: CommonOptions & { readonly backfill?: boolean }) =>
      runServed(options, surroundings, async (running) => {
        const type = options.backfill === true ? 'backfill' : 'embed';
        const job = await runJob({ type }, 'embedding', running);
        running.output.lines(
          `Embedded ${job.counts.ok} ${job.counts.ok === 1 ? 'item' : 'items'}; none is left without a vector.`,
        );
        running.output.document(job);
      }),
    );
}
