import { resolve } from 'node:path';
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { EXIT } from '../exit-code.js';
import { importFile, type ImportOutcome } from '../import/import-file.js';
import { FORMATS, type Format } from '../import/read-rows.js';
import { TARGETS, type Target } from '../import/target.js';
import { followJob } from '../jobs/follow-job.js';
import { addCommand, runServed, type CommonOptions, type ServedRun, type Surroundings } from './command.js';

interface ImportCommandOptions extends CommonOptions {
  readonly mapping?: string;
  readonly format?: Format;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly wait: boolean;
}

export function addImport(program: Command, surroundings: Surroundings): void {
  addCommand(program, {
    usage: 'import',
    summary:
      'Items, events or users from a CSV, JSONL or Parquet file, also gzipped. Bad rows are told, good ones kept.',
    examples: [
      'import items products.csv',
      'import events events.jsonl.gz',
      'import items products_export.csv --mapping docs/guides/examples/shopify-products.mapping.yaml',
      'import events reviews.jsonl --mapping docs/guides/examples/amazon-reviews.mapping.yaml --json',
    ],
  })
    .addArgument(new Argument('<what>', 'what the rows are').choices(TARGETS))
    .argument('<file>', 'the file; stopped, the same command goes on where it was')
    .option('--mapping <yaml>', 'which column goes into which field; default: columns are named like fields')
    .addOption(new Option('--format <format>', 'default told from the name').choices(FORMATS))
    .option('--encoding <label>', 'of a text file, such as latin1; default UTF-8')
    .option('--delimiter <sign>', 'of a CSV file; default told from its first line', delimiterOf)
    .option('--no-wait', 'do not wait until the items are embedded')
    .action(async (target: Target, file: string, options: ImportCommandOptions) =>
      runServed({ ...options, mayCreate: true }, surroundings, async (running) => {
        const destination = options.url ?? resolve(options.dataDir);
        const outcome = await importFile({ ...options, file, target, destination }, running);
        running.output.lines(...outcomeLines(outcome, target));
        if (outcome.jobId !== undefined) await embedded(outcome.jobId, options.wait, running);
        running.output.document(outcome);
        return outcome.rejected > 0 ? EXIT.failed : EXIT.ok;
      }),
    );
}

/** Waits for the vectors of what was imported: a server of its own would stop, and begin again at the next start. */
async function embedded(jobId: string, wait: boolean, running: ServedRun): Promise<void> {
  if (wait) await followJob(jobId, 'embedding', running);
  else running.output.note(`the items are being embedded: attune jobs show ${jobId} --follow`);
}

function outcomeLines(outcome: ImportOutcome, target: Target): readonly string[] {
  const { file, accepted, known, rejected, skipped, rejectedFile } = outcome;
  const rows = accepted + known + rejected + skipped;
  const parts = [
    `${accepted} taken`,
    ...(known === 0 ? [] : [`${known} ${target === 'events' ? 'there before' : 'older than what was there'}`]),
    ...(skipped === 0 ? [] : [`${skipped} left out by the mapping`]),
    ...(rejected === 0 ? [] : [`${rejected} rejected`]),
  ];
  return [
    `${rows} rows of ${file}: ${parts.join(', ')}.`,
    ...(rejectedFile === undefined ? [] : [`Rejected rows, with line and reason: ${rejectedFile}`]),
  ];
}

function delimiterOf(text: string): string {
  const sign = text === '\\t' || text === 'tab' ? '\t' : text;
  if (sign.length === 1) return sign;
  throw new InvalidArgumentError('It must be one sign, or tab.');
}
