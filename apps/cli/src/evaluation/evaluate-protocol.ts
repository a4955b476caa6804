import {
  BASKET_PARTS,
  type BasketPart,
  evaluateInChild,
  type EvaluationRequest,
  PROTOCOLS,
  type ProtocolName,
} from '@attune/evaluation';
import type { Run } from '../commands/command.js';
import { CommandError, Interrupted, UsageError } from '../exit-code.js';
import { protocolLines } from './protocol.view.js';
import { assertReportable, writeReport } from './report.file.js';

export const PROTOCOL_NAMES = PROTOCOLS;
export { BASKET_PARTS };

export interface ProtocolOptions {
  readonly protocol: ProtocolName;
  readonly input: readonly string[];
  readonly models?: readonly string[];
  readonly budgetMinutes: number;
  readonly threads: number;
  readonly basket?: BasketPart;
  readonly pairModel?: string;
  readonly predictions?: string;
  readonly report?: string;
  readonly trials?: string;
  readonly seed: number;
}

/** Evaluates models on files of data and prints what became of them. */
export async function evaluateProtocol(options: ProtocolOptions, { output, signal, variables }: Run): Promise<void> {
  const { protocol, input, models = [], budgetMinutes, threads, basket, predictions, trials, seed } = options;
  const request = {
    protocol,
    inputs: input,
    models,
    budgetMinutes,
    threads,
    seed,
    ...(basket === undefined ? {} : { basket }),
    ...(protocol === 'search' ? await modelsOfTexts(options, variables) : {}),
    ...(predictions === undefined ? {} : { predictions }),
    ...(trials === undefined ? {} : { trials }),
  };
  if (options.report !== undefined) assertReportable(options.report);
  const bars = await output.progress();
  try {
    const onProgress = (line: string, share: number): void => bars.show(line, Math.round(share * 100), 100);
    const onNote = (line: string): void => output.note(line);
    const result = await evaluateInChild(request, { onProgress, onNote, signal });
    bars.stop('done');
    if (options.report !== undefined) writeReport(options.report, result, input);
    output.lines(...protocolLines(result, output.columns));
    if (options.report !== undefined) output.note(`report: ${options.report}`);
    if (predictions !== undefined) output.note(`predictions by ${result.chosen}: ${predictions}`);
    output.document(result);
  } catch (error) {
    bars.stop('stopped');
    throw told(error, { signal, trials });
  }
}

/** The models that a server with the same configuration would embed texts with, and the cross-encoder that is named. */
async function modelsOfTexts(
  { pairModel }: ProtocolOptions,
  variables: Run['variables'],
): Promise<Pick<EvaluationRequest, 'textModels' | 'pairModel'>> {
  const { textModelFolders } = await import('@attune/server');
  const textModels = await textModelFolders(variables['ATTUNE_CONFIG']);
  return { textModels, ...(pairModel === undefined ? {} : { pairModel }) };
}

function told(error: unknown, { signal, trials }: { signal: AbortSignal; trials: string | undefined }): unknown {
  const { code, fix } = error as { readonly code?: unknown; readonly fix?: unknown };
  if (signal.aborted)
    return new Interrupted(
      'stopped',
      trials === undefined
        ? 'run it again; with --trials FILE it would go on where it was'
        : 'run the same command again',
    );
  if (!(error instanceof Error) || typeof fix !== 'string') return error;
  return code === 'REQUEST' ? new UsageError(error.message, fix) : new CommandError(error.message, fix);
}
