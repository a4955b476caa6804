import { ProgressBars, type ProgressOutput } from './progress-bars.js';

/** An output that remembers. */
function output(isTTY: boolean): ProgressOutput & { text: string } {
  const out = {
    isTTY,
    text: '',
    write: (text: string) => ((out.text += text), true),
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
    columns: 120,
  };
  return out as unknown as ProgressOutput & { text: string };
}

describe('ProgressBars, where nobody watches a terminal,', () => {
  it('writes a line at the start and one at the end of each work, however often it is told of the end', () => {
    const out = output(false);
    const bars = new ProgressBars(out);
    for (const title of ['Embedding items', 'Training models']) {
      bars.show(title, 0, 0);
      for (const done of [0, 1, 150, 200, 200, 200]) bars.show(title, done, 200);
      bars.stop('completed');
    }
    expect(out.text).toBe('Embedding items …\nEmbedding items: done\nTraining models …\nTraining models: done\n');
  });

  it('says how a work ended that did not reach its end', () => {
    const out = output(false);
    const bars = new ProgressBars(out);
    bars.stop('stopped');
    bars.show('Training models', 100, 200);
    bars.stop('failed');
    bars.stop('stopped');
    expect(out.text).toBe('Training models …\nTraining models: failed\n');
  });
});

it('shows a bar on a terminal, and gives the cursor back when it is stopped', () => {
  const out = output(true);
  const bars = new ProgressBars(out);
  bars.show('Importing baskets', 0, 18_402);
  bars.show('Importing baskets', 9_201, 18_402);
  expect(out.text).toContain('\x1B[?25l');
  bars.stop('stopped');
  expect(out.text).toMatch(/Importing baskets {8}.*50% \| 9201\/18402/);
  expect(out.text).toContain('\x1B[?25h');
  expect(out.text).not.toContain('stopped');
});

it('puts notes above the bar, with lines wrapped as usual', () => {
  const out = output(true);
  const bars = new ProgressBars(out);
  bars.note('before');
  expect(out.text).toBe('before\n');
  bars.show('Importing baskets', 1, 10);
  const shown = out.text.length;
  bars.note('line 3: no number');
  expect(out.text.slice(shown)).toBe('\r\x1B[K\x1B[?7hline 3: no number\n\x1B[?7l');
  bars.stop('stopped');
});

it.each([
  [120, 40],
  [80, 20],
  [30, 10],
])('keeps a bar within %d columns: it has %d', (columns, size) => {
  const out = Object.assign(output(true), { columns });
  const bars = new ProgressBars(out);
  bars.show('Importing baskets', 0, 18_402);
  bars.stop('stopped');
  expect(/[░█]+/.exec(out.text)?.[0]).toHaveLength(size);
});
