import { Option, type Command } from 'commander';
import type { SearchAnswer } from '@attune/sdk';
import { searchLines } from '../slates/search.view.js';
import { askedBy, whomOf, withSlateOptions, type SlateOptions } from '../slates/slate-options.js';
import { addCommand, runServed, type Surroundings } from './command.js';

interface SearchOptions extends SlateOptions {
  readonly facet?: readonly string[];
  readonly sort?: string;
}

export function addSearch(program: Command, surroundings: Surroundings): void {
  const command = addCommand(program, {
    usage: 'search <query>',
    summary: 'Search, ordered for somebody; says how the query was understood.',
    examples: [
      'search "lunch box" --user 12680',
      'search "red mug" --facet categories attributes.color',
      'search "keep drinks warm" --explain',
    ],
  });
  withSlateOptions(command)
    .option('--facet <field...>', 'count the values of these fields')
    .addOption(
      new Option('--sort <order>', 'default relevance').choices(['relevance', 'price-asc', 'price-desc', 'newest']),
    )
    .option('--explain', 'contributions, reasons and the funnel of candidates')
    .option('--trace', 'with --json: the account of every candidate')
    .action((query: string, options: SearchOptions) =>
      runServed(options, surroundings, async ({ client, output, signal }) => {
        const { explain = false, trace = false, facet: facets, sort } = options;
        const wanted = { explain, trace: trace || (explain && !output.json) };
        const asked = { ...askedBy(options), query, facets, sort, ...wanted };
        const answer = await client.post<SearchAnswer>('/v1/search', asked, { signal });
        output.lines(...searchLines(answer, whomOf(options), output, explain || trace));
        output.document(answer);
      }),
    );
}
