import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  BASKET_PARTS,
  evaluateProtocol,
  PROTOCOL_NAMES,
  type ProtocolOptions,
} from '../evaluation/evaluate-protocol.js';
import { evaluationLines, type Evaluation } from '../evaluation/evaluation.view.js';
import { UsageError } from '../exit-code.js';
import { jobResult } from '../jobs/follow-job.js';
import { addCommand, run, runServed, wholeNumber, type CommonOptions, type Surroundings } from './command.js';

interface SurfaceOptions {
  readonly surface: string;
  readonly users?: number;
  readonly limit: number;
}
type EvaluateOptions = CommonOptions & SurfaceOptions & Partial<ProtocolOptions>;

export function addEvaluate(program: Command, surroundings: Surroundings): void {
  const command = addCommand(program, {
    usage: 'evaluate',
    summary: 'How good slates of a surface are, or models on a file of data.',
    examples: [
      'evaluate --surface home',
      'evaluate --surface home --users 500 --limit 20 --json',
      'evaluate --protocol next-item --input sequences.txt --budget-minutes 5',
      'evaluate --protocol next-basket --input purchases.csv --basket new --budget-minutes 15',
      'evaluate --protocol clicks --input impressions.csv --report clicks.html',
      'evaluate --protocol search --input queries.tsv judgements.tsv items.jsonl',
      'evaluate --protocol next-item --input log.csv.gz --models ease,transitions --predictions next.tsv',
    ],
  });
  addSurfaceOptions(command);
  addProtocolOptions(command);
  command.action((options: EvaluateOptions) => {
    const { protocol, input } = options;
    if (protocol === undefined && input === undefined) return evaluateSurface(options, surroundings);
    return run(options, surroundings, (running) => {
      if (protocol === undefined) throw lacking('--protocol', `--input needs one of ${PROTOCOL_NAMES.join(', ')}`);
      if (input === undefined) throw lacking('--input', `--protocol ${protocol} needs a file of data`);
      return evaluateProtocol({ ...options, protocol, input } as ProtocolOptions, running);
    });
  });
}

const lacking = (option: string, why: string): UsageError =>
  new UsageError(`${option} is missing: ${why}`, `Give ${option}, or neither to evaluate a surface.`);

function addSurfaceOptions(command: Command): void {
  command
    .optionsGroup('A surface: the last basket of each user, asked as of just before it:')
    .option('--surface <name>', 'surface whose pipeline is asked', 'home')
    .option('--users <n>', 'how many users to draw; default all', wholeNumber(1, 1_000_000))
    .option('--limit <n>', 'items a slate', wholeNumber(1, 200), 10);
}

function addProtocolOptions(command: Command): void {
  command
    .optionsGroup('Models on a file of data, without a server:')
    .addOption(new Option('--protocol <name>', 'what is held out and asked for').choices(PROTOCOL_NAMES))
    .option('--input <files...>', 'CSV or TSV with named columns, or lines "user item item …"; may be gzipped')
    .option('--models <names>', 'names, separated by commas; default all', namesOf)
    .addOption(
      new Option(
        '--basket <part>',
        'of next-basket: what is wanted, everything or what is new to the buyer; default whole',
      ).choices(BASKET_PARTS),
    )
    .option('--budget-minutes <n>', 'time for all models together', minutes, 10)
    .option(
      '--threads <n>',
      'threads that ials, transformers and deepfm learn by; the others take one',
      wholeNumber(1, 64),
      1,
    )
    .option('--pair-model <folder>', 'of search: a cross-encoder, which reads the best items again')
    .option('--predictions <file>', 'write ten items a user for what follows, by the model that validation chose')
    .option('--report <file>', 'write a page with plots, one HTML file')
    .option('--trials <file>', 'keep what was tried in a file: a run that was stopped goes on where it was')
    .option('--seed <n>', 'where chance begins', wholeNumber(0, 2 ** 32 - 1), 42);
}

const namesOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const MOST_MINUTES = 7 * 24 * 60;

function minutes(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= MOST_MINUTES) return value;
  throw new InvalidArgumentError(`It must be a number of minutes above 0, at most ${MOST_MINUTES}.`);
}

const evaluateSurface = (options: EvaluateOptions, surroundings: Surroundings): Promise<void> =>
  runServed(options, surroundings, async (running) => {
    const { surface, users, limit } = options;
    const request = { type: 'evaluate', surface, limit, ...(users === undefined ? {} : { users }) };
    const found = await jobResult<Evaluation>(request, `evaluating ${surface}`, running);
    running.output.lines(...evaluationLines(found, running.output.columns));
    running.output.document(found);
  });
