import { renameSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Run } from '../commands/command.js';
import { CommandError, EXIT, Interrupted, UsageError, type ExitCode } from '../exit-code.js';
import { assertReportable } from '../evaluation/report.file.js';
import { askedModelOf, type AskedModel, type AskedModelOptions } from './asked-model.js';
import { figureLines, figurePage } from './figures.view.js';
import { readLines } from './lines.file.js';

export interface EvaluateModelOptions extends AskedModelOptions {
  readonly data: string;
  readonly limit?: number;
  /** Default 4, of a model in a file 1: it answers one after the other. */
  readonly concurrency?: number;
  /** Money for a million tokens. */
  readonly priceIn?: number;
  readonly priceOut?: number;
  readonly report?: string;
}

type Judged = Awaited<ReturnType<(typeof import('@attune/server'))['judgeModel']>>;

/** Asks a model the lines of a file and prints how good it is; at Ctrl-C what is there. */
export async function evaluateModel(options: EvaluateModelOptions, running: Run): Promise<ExitCode> {
  const { data, limit, report } = options;
  const { output, signal, variables } = running;
  const asked = askedModelOf(options, variables);
  if (report !== undefined) assertReportable(report);
  const lines = await readLines(data, limit);
  const told = await judged(asked, { lines, options, running });
  if (Object.keys(told.tasks).length === 0) throw nothing(told, signal);
  output.lines(...figureLines(told, output.columns));
  if (report !== undefined) writeReport(report, told);
  output.document(told);
  if (signal.aborted) output.note('stopped: these figures are of the lines that were answered');
  else if (told.stoppedBy !== undefined) output.note(`stopped by failures in a row: ${told.stoppedBy}`);
  if (signal.aborted) return EXIT.interrupted;
  return told.failed > 0 ? EXIT.failed : EXIT.ok;
}

async function judged(
  asked: AskedModel,
  {
    lines,
    options,
    running: { output, signal },
  }: { lines: Awaited<ReturnType<typeof readLines>>; options: EvaluateModelOptions; running: Run },
): Promise<Judged> {
  const { concurrency = 'file' in asked ? 1 : 4, priceIn = 0, priceOut = 0 } = options;
  const isPriced = options.priceIn !== undefined || options.priceOut !== undefined;
  const { judgeModel } = await import('@attune/server');
  const bars = await output.progress();
  try {
    return await judgeModel(lines, {
      asked,
      concurrency,
      signal,
      clock: { monotonic: () => performance.now() },
      progress: (done, total) => bars.show('asking', done, total),
      ...(isPriced && { prices: { input: priceIn, output: priceOut } }),
    });
  } catch (error) {
    // The model could not be opened: what was given cannot be used, and the message says what.
    if (error instanceof Error && error.name === 'ModelError') throw new UsageError(error.message, FIX);
    throw error;
  } finally {
    bars.stop('stopped');
  }
}

const FIX = 'Correct --url, --model, --key-env or --file, or the ATTUNE_LLM_… variables.';

const nothing = ({ stoppedBy }: Judged, { aborted }: AbortSignal): CommandError =>
  aborted
    ? new Interrupted('stopped before an answer came')
    : new CommandError(stoppedBy ?? 'no line was answered', FIX);

function writeReport(file: string, told: Judged): void {
  writeFileSync(`${file}.partial`, figurePage(told, ['attune', ...process.argv.slice(2)].join(' ')));
  renameSync(`${file}.partial`, file);
}
