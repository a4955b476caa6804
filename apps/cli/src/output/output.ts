import pc from 'picocolors';
import type { ProgressBars, ProgressOutput } from '@attune/server';

type Colors = ReturnType<typeof pc.createColors>;

export interface OutputStreams {
  readonly stdout: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;
  readonly stderr: ProgressOutput;
}

const PIPE_COLUMNS = 100;

/** Where a command speaks: its result on stdout, for a person or as JSON; everything else on stderr. */
export class Output {
  /** Colors of the result: none but on a terminal, and none with NO_COLOR. */
  readonly colors: Colors;
  /** Columns of the terminal. */
  readonly columns: number;
  #bars: ProgressBars | undefined;

  constructor(
    readonly json: boolean,
    private readonly streams: OutputStreams,
    variables: NodeJS.ProcessEnv,
  ) {
    const plain = json || !streams.stdout.isTTY || (variables['NO_COLOR'] ?? '') !== '' || variables['TERM'] === 'dumb';
    this.colors = pc.createColors(!plain);
    this.columns = (streams.stdout.isTTY ? streams.stdout.columns : undefined) ?? PIPE_COLUMNS;
  }

  /** Lines for a person; nothing with `--json`. */
  lines(...lines: readonly string[]): void {
    if (!this.json) this.streams.stdout.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** The result with `--json`, one document; nothing without. */
  document(value: unknown): void {
    if (this.json) this.streams.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** A line beside the result. */
  note(line: string): void {
    if (this.#bars === undefined) this.streams.stderr.write(`${line}\n`);
    else this.#bars.note(line);
  }

  /** Bars on a terminal, lines elsewhere. The server's code is loaded by those only who need it: `--help` is quick. */
  async progress(): Promise<ProgressBars> {
    const { ProgressBars } = await import('@attune/server');
    return (this.#bars = new ProgressBars(this.streams.stderr));
  }
}
