import { Presets, SingleBar } from 'cli-progress';

/** Where progress is shown: a terminal, or a file or pipe. */
export type ProgressOutput = Pick<NodeJS.WriteStream, 'write' | 'isTTY'> & Partial<Pick<NodeJS.WriteStream, 'columns'>>;

const [LEAST_BAR, LONGEST_BAR, TITLE_COLUMNS] = [10, 40, 24];
/** What stands behind a bar, at its longest. */
const FIGURES_COLUMNS = '  100% | 100000/100000 | 59m59s left'.length;

/** Tells a person how far a long piece of work is: a bar on a terminal, a line at the start and the end elsewhere. */
export class ProgressBars {
  #bar: SingleBar | undefined;
  #title: string | undefined;
  readonly #ended = new Set<string>();

  constructor(private readonly out: ProgressOutput) {}

  /** A piece of work that has ended is not shown again. */
  show(title: string, done: number, total: number): void {
    if (total === 0 || this.#ended.has(title)) return;
    if (title !== this.#title) this.#begin(title, total);
    this.#bar?.update(Math.round(done));
    if (done >= total) this.stop('done');
  }

  /** A line of its own, above the bar. */
  note(line: string): void {
    // A bar switches line wrapping off while it is shown, and draws itself anew below.
    const [before, after] = this.#bar === undefined ? ['', ''] : ['\r\u001b[K\u001b[?7h', '\u001b[?7l'];
    this.out.write(`${before}${line}\n${after}`);
  }

  /** Ends what is being shown, if anything is, and says how it ended; gives a terminal its cursor back. */
  stop(outcome: string): void {
    if (this.#title === undefined) return;
    this.#bar?.stop();
    if (this.#bar === undefined) this.out.write(`${this.#title}: ${outcome}\n`);
    this.#ended.add(this.#title);
    this.#bar = undefined;
    this.#title = undefined;
  }

  #begin(title: string, total: number): void {
    this.stop('done');
    this.#title = title;
    if (!this.out.isTTY) {
      this.out.write(`${title} …\n`);
      return;
    }
    const named = title.padEnd(TITLE_COLUMNS);
    const room = (this.out.columns || 80) - named.length - FIGURES_COLUMNS;
    const barsize = Math.max(LEAST_BAR, Math.min(LONGEST_BAR, room));
    const format = `${named} {bar} {percentage}% | {value}/{total} | {eta_formatted} left`;
    const stream = this.out as NodeJS.WriteStream;
    const options = { format, stream, barsize, hideCursor: true, clearOnComplete: false };
    this.#bar = new SingleBar(options, Presets.shades_classic);
    this.#bar.start(total, 0);
  }
}
