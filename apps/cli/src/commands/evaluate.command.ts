import type { Command } from 'commander';
import { jobResult } from '../jobs/follow-job.js';
import { evaluationLines, type Evaluation } from '../evaluation/evaluation.view.js';
import { addCommand, runServed, wholeNumber, type CommonOptions, type Surroundings } from './command.js';

interface EvaluateOptions extends CommonOptions {
  readonly surface: string;
  readonly users?: number;
  readonly limit: number;
}

export function addEvaluate(program: Command, surroundings: Surroundings): void {
  addCommand(program, {
    usage: 'evaluate',
    summary: 'How well slates find the last basket of each user, asked as of just before it.',
    examples: ['evaluate --surface home', 'evaluate --surface home --users 500 --limit 20 --json'],
  })
    .option('--surface <name>', 'surface whose pipeline is asked', 'home')
    .option('--users <n>', 'how many users to draw; default all', wholeNumber(1, 1_000_000))
    .option('--limit <n>', 'items a slate', wholeNumber(1, 200), 10)
    .action((options: EvaluateOptions) =>
      runServed(options, surroundings, async (running) => {
        const { surface, users, limit } = options;
        const request = { type: 'evaluate', surface, limit, ...(users === undefined ? {} : { users }) };
        const found = await jobResult<Evaluation>(request, `evaluating ${surface}`, running);
        running.output.lines(...evaluationLines(found, running.output.columns));
        running.output.document(found);
      }),
    );
}
