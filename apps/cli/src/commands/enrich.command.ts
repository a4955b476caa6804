import { InvalidArgumentError, type Command } from 'commander';
import { jobResult } from '../jobs/follow-job.js';
import { addCommand, jsonValue, runServed, wholeNumber, type CommonOptions, type Surroundings } from './command.js';

interface EnrichOptions extends CommonOptions {
  readonly where?: unknown;
  readonly attributes?: readonly string[];
  readonly model?: boolean;
}

interface DescribeOptions extends CommonOptions {
  readonly where?: unknown;
  readonly tone: string;
  readonly length: string;
  readonly language?: string;
  readonly all?: boolean;
  readonly limit: number;
}

/** What the server tells of such jobs, as far as it is printed. */
interface Enriched {
  readonly items: number;
  readonly skipped: number;
  readonly applied: number;
  readonly review: number;
  readonly withdrawn: number;
  readonly duplicates: readonly unknown[];
  readonly degraded: readonly Told[];
}
interface Described {
  readonly drafts: number;
  readonly skipped: number;
  readonly byModel: number;
  readonly degraded: readonly Told[];
}
interface Told {
  readonly code: string;
}

const names = (text: string): readonly string[] => {
  const all = text.split(',').filter((name) => name !== '');
  if (all.length > 0) return all;
  throw new InvalidArgumentError('It must be names with commas in between.');
};
const toldOf = ({ degraded }: { readonly degraded: readonly Told[] }): string =>
  degraded.length === 0 ? '' : ` (${degraded.map(({ code }) => code).join(', ')})`;

export function addEnrich(program: Command, surroundings: Surroundings): void {
  addCommand(program, {
    usage: 'enrich',
    summary: 'Read attributes, languages and duplicates from the texts of items; what is sure is applied.',
    examples: ['enrich', 'enrich --attributes color,material --model', `enrich --where '{"categories":"Kitchen"}'`],
  })
    .option('--where <filter>', 'only items that pass, as JSON', jsonValue)
    .option('--attributes <names>', 'with commas in between; default those of the configuration', names)
    .option('--model', 'ask the language model, too')
    .action(({ where, attributes, model, ...options }: EnrichOptions) =>
      runServed(options, surroundings, async (running) => {
        const request = { type: 'enrich', where, attributes, model };
        const found = await jobResult<Enriched>(request, 'enriching', running);
        const { items, skipped, applied, review, withdrawn, duplicates } = found;
        running.output.lines(
          `Read ${items - skipped} of ${items} items${toldOf(found)}: ${applied} values applied, ${review} to review, ${withdrawn} withdrawn, ${duplicates.length} groups of duplicates.`,
        );
        running.output.document(found);
      }),
    );
  addCommand(program, {
    usage: 'describe',
    summary: 'Write drafts of descriptions for somebody to approve.',
    examples: ['describe', 'describe --tone warm --length short --limit 200', 'describe --all --language zh'],
  })
    .option('--where <filter>', 'only items that pass, as JSON', jsonValue)
    .option('--tone <tone>', 'plain, warm, factual or playful', 'plain')
    .option('--length <length>', 'short, medium or long', 'medium')
    .option('--language <language>', 'en or zh; default that of each item')
    .option('--all', 'also of items that have a description')
    .option('--limit <n>', 'drafts, at most', wholeNumber(1, 10_000), 1_000)
    .action(({ where, tone, length, language, all, limit, ...options }: DescribeOptions) =>
      runServed(options, surroundings, async (running) => {
        const request = { type: 'describe', where, tone, length, language, onlyWithout: all !== true, limit };
        const found = await jobResult<Described>(request, 'describing', running);
        const { drafts, byModel, skipped } = found;
        running.output.lines(
          `Wrote ${drafts} drafts${toldOf(found)}, ${byModel} of them by the language model; ${skipped} were there already.`,
        );
        running.output.document(found);
      }),
    );
}
