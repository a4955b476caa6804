import { Option, type Command } from 'commander';
import type { SlateAnswer } from '@attune/sdk';
import { slateLines } from '../slates/slate.view.js';
import { askedBy, whomOf, withSlateOptions, type SlateOptions } from '../slates/slate-options.js';
import { addCommand, runServed, type Surroundings } from './command.js';

interface RecommendOptions extends SlateOptions {
  readonly surface: string;
  readonly item?: readonly string[];
  readonly seen: string;
}

export function addRecommend(program: Command, surroundings: Surroundings): void {
  const command = addCommand(program, {
    usage: 'recommend',
    summary: 'A slate for somebody on a surface; with --explain every score taken apart.',
    examples: [
      'recommend --surface home --user 12680',
      'recommend --surface home --user 12680 --explain',
      'recommend --surface item --item 22551 --limit 5 --json',
      'recommend --user 12680 --filter \'{"price.amount":{"$lt":5}}\'',
    ],
  });
  withSlateOptions(command)
    .option('--surface <name>', 'home, item, cart, search, email, or your own', 'home')
    .option('--item <id...>', 'seeds: items of the page or of the cart')
    .addOption(new Option('--seen <mode>', 'what was bought').choices(['exclude', 'include']).default('exclude'))
    .option('--explain', 'contributions, reasons and the funnel of candidates')
    .option('--trace', 'with --json: the account of every candidate')
    .action((options: RecommendOptions) =>
      runServed(options, surroundings, async ({ client, output, signal }) => {
        const { explain = false, trace = false, surface, item, seen } = options;
        const wanted = { explain, trace: trace || (explain && !output.json) };
        const asked = { ...askedBy(options), surface, itemIds: item, seen, ...wanted };
        const slate = await client.post<SlateAnswer>('/v1/recommendations', asked, { signal });
        output.lines(...slateLines(slate, whomOf(options), output, explain || trace));
        output.document(slate);
      }),
    );
}
