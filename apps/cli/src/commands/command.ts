import { Command, InvalidArgumentError, Option } from 'commander';
import { connect } from '../connection/connect.js';
import type { Connection } from '../connection/connection.js';
import { EXIT, Interrupted, type ExitCode } from '../exit-code.js';
import { Output, type OutputStreams } from '../output/output.js';
import { reportError } from '../output/report-error.js';

/** Options every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly url?: string;
  readonly key?: string;
  readonly dataDir: string;
}

/** The process a command runs in. */
export interface Surroundings extends OutputStreams {
  readonly variables: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly exit: (code: ExitCode) => void;
}

/** What the work of a command is handed. */
export interface Run {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly variables: NodeJS.ProcessEnv;
}
export type ServedRun = Run & Connection;

/** A command's name, words and examples; `--help` shows all of them. */
export interface CommandText {
  /** With its arguments: `recommend`, `why <itemId>`. */
  readonly usage: string;
  readonly summary: string;
  /** Lines as one types them, without `attune`. */
  readonly examples: readonly string[];
  /** Runs where only the name of the group is given. */
  readonly isDefault?: boolean;
}

/** Adds a command; its options come before those of every command, which `addCommonOptions` adds last. */
export function addCommand(parent: Command, { usage, summary, examples, isDefault = false }: CommandText): Command {
  return parent
    .command(usage, { isDefault })
    .description(summary)
    .addHelpText('after', `\nExamples:\n${examples.map((line) => `  attune ${line}`).join('\n')}\n`);
}

/** Adds the options that every command has to a command, or to all commands of a group; one that a command has of its own stays. */
export function addCommonOptions(command: Command): void {
  if (command.commands.length > 0) return command.commands.forEach(addCommonOptions);
  command
    .optionsGroup('Options of every command:')
    .option('--json', 'print the result as JSON, and nothing else, on stdout');
  if (!command.options.some(({ long }) => long === '--url'))
    command.addOption(
      new Option('--url <address>', 'server to ask; default the owner of the data folder').env('ATTUNE_URL'),
    );
  command
    .addOption(new Option('--key <key>', 'API key').env('ATTUNE_API_KEY'))
    .addOption(new Option('--data-dir <folder>', 'data folder').env('ATTUNE_DATA_DIR').default('.attune'));
}

/** Runs the work of a command: its errors are told, its exit code set. */
export async function run(
  options: CommonOptions,
  { variables, signal, exit, ...streams }: Surroundings,
  work: (run: Run) => Promise<ExitCode | void>,
): Promise<void> {
  const output = new Output(options.json === true, streams, variables);
  try {
    exit((await work({ output, signal, variables })) ?? EXIT.ok);
  } catch (error) {
    exit(reportError(isOf(signal, error) ? new Interrupted() : error, output));
  }
}

/** Whether an error is the signal's: its reason, or what waiting made of that. */
const isOf = ({ aborted, reason }: AbortSignal, error: unknown): boolean =>
  aborted && (error === reason || (error instanceof Error && error.name === 'AbortError'));

/** Runs work that asks a server: the one named, the owner of the data folder, or one in this process. */
export async function runServed(
  options: CommonOptions & { readonly mayCreate?: boolean },
  surroundings: Surroundings,
  work: (run: ServedRun) => Promise<ExitCode | void>,
): Promise<void> {
  await run(options, surroundings, async (running) => {
    const { url, key, dataDir, mayCreate = false } = options;
    const note = (line: string): void => running.output.note(line);
    const connection = await connect({ url, key, dataDir, mayCreate, note, ...running });
    try {
      return await work({ ...running, ...connection });
    } finally {
      await connection.close();
    }
  });
}

/** Parser of an option that is a whole number of a range. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

/** Parser of an option that is JSON. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('It must be JSON.');
  }
}
