import type { Command } from 'commander';
import { askedBy, withSlateOptions, type SlateOptions } from '../slates/slate-options.js';
import { whyLines, type WhyAnswer } from '../slates/why.view.js';
import { addCommand, runServed, type Surroundings } from './command.js';

interface WhyOptions extends SlateOptions {
  readonly surface: string;
  readonly item?: readonly string[];
  readonly query?: string;
}

export function addWhy(program: Command, surroundings: Surroundings): void {
  const command = addCommand(program, {
    usage: 'why <itemId>',
    summary: 'Why an item is in a slate or is not: where it fell, by what, what would let it in.',
    examples: ['why 22551 --user 12680', 'why 22551 --surface search --query "lunch box" --limit 20'],
  });
  withSlateOptions(command)
    .option('--surface <name>', 'surface of the slate', 'home')
    .option('--item <id...>', 'seeds: items of the page or of the cart')
    .option('--query <text>', 'what was searched for')
    .action((itemId: string, options: WhyOptions) =>
      runServed(options, surroundings, async ({ client, output, signal }) => {
        const { surface, item: itemIds, query } = options;
        const asked = { ...askedBy(options), surface, itemIds, query, itemId };
        const answer = await client.post<WhyAnswer>('/v1/recommendations/why', asked, { signal });
        output.lines(...whyLines(answer, output));
        output.document(answer);
      }),
    );
}
