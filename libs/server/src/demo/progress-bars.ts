import { Presets, SingleBar } from 'cli-progress';

/** Where progress is shown: a terminal, or a file or pipe. */
export type ProgressOutput = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

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
    const format = `${title.padEnd(24)} {bar} {percentage}% | {value}/{total} | {eta_formatted} left`;
    const stream = this.out as NodeJS.WriteStream;
    this.#bar = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: false }, Presets.shades_classic);
    this.#bar.start(total, 0);
  }
}
