import { InvalidArgumentError, type Command } from 'commander';
import { evaluateModel, type EvaluateModelOptions } from '../llm/evaluate-model.js';
import { exportLines, type ExportOptions } from '../llm/export-lines.js';
import { exportLinesOf } from '../llm/export.view.js';
import { UsageError } from '../exit-code.js';
import { addCommand, run, runServed, wholeNumber, type CommonOptions, type Surroundings } from './command.js';

export function addLlm(program: Command, surroundings: Surroundings): void {
  const llm = program.command('llm').description('Language models: data to adapt one, and how good one is.');
  addExport(llm, surroundings);
  addEvaluate(llm, surroundings);
}

function addExport(llm: Command, surroundings: Surroundings): void {
  addCommand(llm, {
    usage: 'export',
    summary: 'What people did as conversations to teach a language model, the latest held out. Names nobody.',
    examples: [
      'llm export --out llm-data',
      'llm export --out llm-data --tasks purchase,next-item,ranking --limit 2000 --held-out 0.2',
    ],
  })
    .requiredOption('--out <folder>', 'where train.jsonl, held-out.jsonl and manifest.json go')
    .option('--tasks <names>', 'of rating, purchase, next-item, ranking, explanation; default all', namesOf)
    .option('--limit <n>', 'lines of each task, at most', wholeNumber(1, 100_000), 10_000)
    .option('--held-out <share>', 'share of the events, the latest, that is held out; 0 to 0.5', numberOf(0, 0.5), 0.1)
    .option('--seed <n>', 'where chance begins', wholeNumber(0, 2 ** 32 - 1), 42)
    .action((options: CommonOptions & ExportOptions) =>
      runServed(options, surroundings, async (running) => {
        const manifest = await exportLines(options, running);
        running.output.lines(...exportLinesOf(manifest, options.out));
        running.output.document(manifest);
      }),
    );
}

function addEvaluate(llm: Command, surroundings: Surroundings): void {
  addCommand(llm, {
    usage: 'evaluate',
    summary: 'How good a language model is on lines that were held out. Needs no server of Attune.',
    examples: [
      'llm evaluate --data llm-data/held-out.jsonl --url http://127.0.0.1:8000/v1 --model my-model',
      'llm evaluate --data llm-data/held-out.jsonl --file my-model.gguf --limit 200',
      'llm evaluate --data llm-data/held-out.jsonl --key-env MY_KEY --price-in 0.15 --price-out 0.6 --report model.md',
    ],
  })
    .requiredOption('--data <file>', 'held-out.jsonl of an export')
    .option('--url <address>', 'base of its OpenAI-compatible API, up to /v1; default ATTUNE_LLM_URL')
    .option('--model <name>', 'its name there; default ATTUNE_LLM_MODEL')
    .option('--key-env <name>', 'environment variable that holds its key; default ATTUNE_LLM_KEY')
    .option('--file <gguf>', 'a model in a file instead; default ATTUNE_LLM_FILE')
    .option('--limit <n>', 'lines to ask, drawn from all of the file; default all', wholeNumber(1, 1_000_000))
    .option('--concurrency <n>', 'lines asked at a time; default 4, of a model in a file 1', wholeNumber(1, 256))
    .option('--price-in <money>', 'of a million tokens read', numberOf(0, 1e6))
    .option('--price-out <money>', 'of a million tokens written', numberOf(0, 1e6))
    .option('--report <file>', 'write a page of Markdown')
    .action((options: CommonOptions & EvaluateModelOptions, command: Command) =>
      run(options, surroundings, (running) => {
        if (command.getOptionValueSource('key') === 'cli')
          throw new UsageError('--key is the key of a server of Attune', 'Name the variable that holds it: --key-env.');
        return evaluateModel(options, running);
      }),
    );
}

const namesOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const numberOf =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
  };
