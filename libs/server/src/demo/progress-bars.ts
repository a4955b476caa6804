import { Presets, SingleBar } from 'cli-progress';

/** Tells a person how far a long piece of work is: a bar on a terminal, a line at the start and the end elsewhere. */
export class ProgressBars {
  #bar: SingleBar | undefined;
  #title = '';
  #finished = '';

  constructor(private readonly out: NodeJS.WriteStream) {}

  show(title: string, done: number, total: number): void {
    // A job that has ended tells its last figures once more.
    if (total === 0 || (title === this.#finished && done >= total)) return;
    if (title !== this.#title) this.#begin(title, total);
    this.#bar?.update(Math.round(done));
    if (done >= total) this.#end();
  }

  #begin(title: string, total: number): void {
    this.#bar?.stop();
    this.#title = title;
    if (!this.out.isTTY) {
      this.out.write(`${title} …\n`);
      return;
    }
    const format = `${title.padEnd(24)} {bar} {percentage}% | {value}/{total} | {eta_formatted} left`;
    this.#bar = new SingleBar({ format, stream: this.out, hideCursor: true, clearOnComplete: false }, Presets.shades_classic);
    this.#bar.start(total, 0);
  }

  #end(): void {
    if (this.#bar !== undefined) this.#bar.stop();
    else if (this.#title !== '') this.out.write(`${this.#title}: done\n`);
    this.#bar = undefined;
    this.#finished = this.#title;
    this.#title = '';
  }
}
