import { ModelError, type LanguageModel, type TokenUsage } from '@attune/inference';
import { askOfLine, type InstructionLine, judgedLine, type Judged, wordsOfLine } from '@attune/language';
import type { Clock } from '@attune/sdk';

export interface AskLinesOptions {
  readonly model: LanguageModel;
  /** Lines asked at a time. */
  readonly concurrency: number;
  /** Aborted: no line more is asked, and what there is comes back. */
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly progress: (done: number, total: number) => void;
}

/** A line that was answered. */
export interface AskedLine {
  readonly line: InstructionLine;
  /** Undefined where the answer is none that can be used. */
  readonly judged: Judged | undefined;
  /** By how much the model finds " yes" likelier than " no", natural logarithm; undefined where it tells no log-probabilities. */
  readonly yes: number | undefined;
  /** Of all that was asked for it. */
  readonly usage: TokenUsage;
  /** Until the answer was there, tries included. */
  readonly ms: number;
}

/** What became of lines. */
export interface AskedLines {
  /** In order of their answers. */
  readonly answered: readonly AskedLine[];
  /** Lines whose model could not be reached or was busy. */
  readonly failed: number;
  /** Why it ended before all were asked: too many failures in a row. */
  readonly stoppedBy: string | undefined;
  /** Why the model tells no log-probabilities; undefined where it does, or was not asked for any. */
  readonly withoutLikelihoods: string | undefined;
}

/** Failures one after the other that say: this is no endpoint to go on asking. */
const MOST_IN_A_ROW = 5;

/** Asks a model every line, some at a time. Failures of single lines end nothing; five in a row do. */
export async function askLines(lines: readonly InstructionLine[], options: AskLinesOptions): Promise<AskedLines> {
  const asking = new Asking(lines, options);
  await Promise.all(Array.from({ length: Math.min(options.concurrency, lines.length) }, () => asking.work()));
  return asking;
}

class Asking implements AskedLines {
  readonly answered: AskedLine[] = [];
  failed = 0;
  stoppedBy: string | undefined;
  withoutLikelihoods: string | undefined;
  private next = 0;
  private inARow = 0;

  constructor(
    private readonly lines: readonly InstructionLine[],
    private readonly options: AskLinesOptions,
  ) {}

  async work(): Promise<void> {
    const { signal, progress } = this.options;
    while (!signal.aborted && this.stoppedBy === undefined && this.next < this.lines.length) {
      const line = this.lines[this.next++]!;
      try {
        this.answered.push(await this.ask(line));
        this.inARow = 0;
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof ModelError)) throw this.broken(error);
        this.failed += 1;
        this.inARow += 1;
        if (this.inARow >= MOST_IN_A_ROW) this.stoppedBy = error.message;
      }
      progress(this.answered.length + this.failed, this.lines.length);
    }
  }

  /** Others go on with nothing more. */
  private broken(error: unknown): unknown {
    this.stoppedBy = String(error);
    return error;
  }

  private async ask(line: InstructionLine): Promise<AskedLine> {
    const { model, clock, signal } = this.options;
    const from = clock.monotonic();
    const { text, usage } = await model.answer(askOfLine(line), signal).catch(unusable);
    const ms = clock.monotonic() - from;
    const words = await this.words(line);
    return {
      line,
      judged: text === undefined ? undefined : judgedLine(line, text),
      yes: words?.yes,
      usage: { input: usage.input + (words?.usage.input ?? 0), output: usage.output + (words?.usage.output ?? 0) },
      ms,
    };
  }

  /** Log-probabilities of the two words; an endpoint that refuses them once is not asked again. */
  private async words(
    line: InstructionLine,
  ): Promise<{ readonly yes: number; readonly usage: TokenUsage } | undefined> {
    const { model, signal } = this.options;
    const continuations = this.withoutLikelihoods === undefined ? wordsOfLine(line) : undefined;
    if (continuations === undefined) return undefined;
    try {
      const { logProbabilities, usage } = await model.likelihood(continuations, signal);
      return { yes: logProbabilities[0]! - logProbabilities[1]!, usage };
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      if (error.kind === 'refused' || error.kind === 'unusable') this.withoutLikelihoods = error.message;
      return undefined;
    }
  }
}

/** An answer without text, such as one that the model declines to give, is an answer that cannot be used. */
function unusable(error: unknown): { readonly text: undefined; readonly usage: TokenUsage } {
  if (!(error instanceof ModelError) || error.kind !== 'unusable') throw error;
  return { text: undefined, usage: { input: 0, output: 0 } };
}
