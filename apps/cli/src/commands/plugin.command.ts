import { InvalidArgumentError, type Command } from 'commander';
import { jobResult } from '../jobs/follow-job.js';
import { differenceLines, type PipelineDifference } from '../evaluation/difference.view.js';
import { addCommand, jsonValue, runServed, wholeNumber, type CommonOptions, type Surroundings } from './command.js';

interface DiffOptions extends CommonOptions {
  readonly surface: string;
  readonly weight: number;
  readonly config?: unknown;
  readonly requests: number;
}

export function addPlugin(program: Command, surroundings: Surroundings): void {
  const plugin = program.command('plugin').description('Try a scorer on real requests: plugin diff.');
  addCommand(plugin, {
    usage: 'diff <scorer>',
    summary: 'Slates before and after a scorer: how much changes, whether it hits more, what it costs.',
    examples: [
      'plugin diff recent-sales --surface home --weight 0.5',
      "plugin diff cheap-first --weight 0.2 --config '{}' --requests 200 --json",
    ],
  })
    .option('--surface <name>', 'surface whose pipeline it joins', 'home')
    .option('--weight <w>', 'its weight in the ranker', weightOf, 0.5)
    .option('--config <json>', 'its options', jsonValue)
    .option('--requests <n>', 'how many real requests to ask', wholeNumber(1, 10_000), 500)
    .action((use: string, options: DiffOptions) =>
      runServed(options, surroundings, async (running) => {
        const { surface, weight, config, requests } = options;
        const step = { use, ...(config === undefined ? {} : { config }) };
        const request = { type: 'diff', surface, step, weight, requests };
        const found = await jobResult<PipelineDifference>(request, `${use} on ${surface}`, running);
        running.output.lines(...differenceLines(found, `${surface} with ${use} at weight ${weight}`, running.output));
        running.output.document(found);
      }),
    );
}

function weightOf(text: string): number {
  const weight = Number(text);
  if (text.trim() !== '' && Number.isFinite(weight) && Math.abs(weight) <= 1000) return weight;
  throw new InvalidArgumentError('It must be a number from -1000 to 1000.');
}
