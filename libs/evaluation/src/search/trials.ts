import { appendFileSync, closeSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { z } from 'zod';
import { DataFileError, unwritable } from '../formats/evaluation.errors.js';
import { isOf, type Grid, type Options } from './options.js';

/** One try of a search: what a model with these options reached on validation. */
export interface Trial {
  readonly model: string;
  readonly options: Options;
  /** How histories were told to it. */
  readonly asking: Options;
  /** Higher is better. */
  readonly figure: number;
  readonly seconds: number;
  /** Share of the data that it learned from and was judged on, in (0, 1). Absent: all, and no other trial may be chosen. */
  readonly share?: number | undefined;
}

const optionsSchema = z.record(z.string(), z.union([z.number(), z.string()]));
const trialSchema = z.strictObject({
  task: z.string(),
  tried: optionsSchema,
  model: z.string(),
  options: optionsSchema,
  asking: optionsSchema,
  figure: z.number(),
  seconds: z.number(),
  share: z.number().gt(0).lt(1).optional(),
});

/** What every line begins with. */
const BEGINNING = '{"task":"';

/** Trials of this run, and of earlier runs on the same task where there is a file of them: a line each, written at once. */
export class Trials {
  /** In the order in which they were made. */
  private readonly known = new Map<string, { readonly tried: Options; readonly trial: Trial }>();

  /**
   * `task`: tells protocol, data and seed apart. Throws DataFileError for a file of something else, EvaluationRequestError
   * for one that cannot be written.
   */
  constructor(
    private readonly task: string,
    private readonly file: string | undefined,
  ) {
    if (file === undefined) return;
    const text = contentOf(file);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const lines = whole.split('\n').slice(0, -1);
    lines.forEach((line, i) => this.remember(line, i + 1));
    const rest = text.slice(whole.length);
    if (!rest.startsWith(BEGINNING) && !BEGINNING.startsWith(rest)) throw this.noTrial(lines.length + 1);
    // The last line was cut off in the middle: that was not tried, and the next line goes in its place.
    if (rest !== '') truncateSync(file, Buffer.byteLength(whole));
  }

  /** `share` of the data: default 1, all of it. */
  find(model: string, tried: Options, share = 1): Trial | undefined {
    return this.known.get(keyOf(model, tried, share))?.trial;
  }

  /** The best of a model's trials of a grid on all of the data, the earliest of equals; undefined where there is none. */
  best(model: string, grid: Grid): Trial | undefined {
    return [...this.known.values()]
      .filter(({ tried, trial }) => trial.model === model && trial.share === undefined && isOf(grid, tried))
      .map(({ trial }) => trial)
      .reduce<Trial | undefined>(
        (best, trial) => (best === undefined || trial.figure > best.figure ? trial : best),
        undefined,
      );
  }

  add(tried: Options, trial: Trial): void {
    this.known.set(keyOf(trial.model, tried, trial.share), { tried, trial });
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify({ task: this.task, tried, ...trial })}\n`);
  }

  private remember(line: string, number: number): void {
    const read = trialSchema.safeParse(parsed(line));
    if (!read.success) throw this.noTrial(number);
    const { task, tried, ...trial } = read.data;
    if (task === this.task) this.known.set(keyOf(trial.model, tried, trial.share), { tried, trial });
  }

  private noTrial(number: number): DataFileError {
    return new DataFileError(
      `${this.file}:${number}: no trial of a search`,
      'Name a file that does not exist yet, or one written by --trials.',
    );
  }
}

/** Made where there is none. */
function contentOf(file: string): string {
  try {
    closeSync(openSync(file, 'a'));
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unwritable(file, (error as NodeJS.ErrnoException).code);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const keyOf = (model: string, options: Options, share = 1): string => `${model} ${share} ${JSON.stringify(options)}`;
