import { mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { TempFolder } from '../testing/temp-folder.js';
import { Trials, type Trial } from './trials.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const trial = (figure: number, model = 'ease'): Trial => ({
  model,
  options: { lambda: 20, similarity: 'bm25 ü', epochs: 7 },
  asking: { last: 5, decay: 0.8 },
  figure,
  seconds: 1.5,
});
const A = { lambda: 20, similarity: 'bm25 ü' };
const B = { lambda: 50, similarity: 'cosine' };
const GRID = { lambda: [20, 50], similarity: ['bm25 ü', 'cosine'] };

it('finds what was added, by model and what was tried', () => {
  const trials = new Trials('task', undefined);
  trials.add(A, trial(0.1));
  expect(trials.find('ease', { ...A })).toEqual(trial(0.1));
  expect(trials.find('ease', B)).toBeUndefined();
  expect(trials.find('ials', A)).toBeUndefined();
});

it('finds what earlier runs on the same task wrote, and leaves those of others alone', () => {
  const file = folder.at('trials.jsonl');
  new Trials('one', file).add(A, trial(0.1));
  new Trials('two', file).add(A, trial(0.2));
  new Trials('one', file).add(B, trial(0.3));
  const one = new Trials('one', file);
  expect([one.find('ease', A), one.find('ease', B)]).toEqual([trial(0.1), trial(0.3)]);
  const two = new Trials('two', file);
  expect([two.find('ease', A), two.find('ease', B)]).toEqual([trial(0.2), undefined]);
  expect(readFileSync(file, 'utf8').match(/\n/g)).toHaveLength(3);
});

it('keeps what was judged on a share of the data apart from what was judged in full', () => {
  const file = folder.at('shares.jsonl');
  const trials = new Trials('one', file);
  trials.add(A, { ...trial(0.9), share: 1 / 9 });
  trials.add(B, { ...trial(0.8), share: 1 / 3 });
  for (const read of [trials, new Trials('one', file)]) {
    expect([read.find('ease', A), read.find('ease', A, 1 / 3), read.best('ease', GRID)]).toEqual(
      Array(3).fill(undefined),
    );
    expect(read.find('ease', A, 1 / 9)).toEqual({ ...trial(0.9), share: 1 / 9 });
  }
  trials.add(A, trial(0.1));
  const read = new Trials('one', file);
  expect([read.find('ease', A), read.best('ease', GRID)]).toEqual([trial(0.1), trial(0.1)]);
});

it('reads files of when there were no shares: all was in full', () => {
  const line = { task: 'one', tried: A, ...trial(0.3) };
  const read = new Trials('one', folder.write('old.jsonl', `${JSON.stringify(line)}\n`));
  expect(read.find('ease', A)).toEqual(trial(0.3));
});

it('knows the best in full of each model, the first of equals', () => {
  const trials = new Trials('one', undefined);
  trials.add(A, trial(0.2));
  trials.add(B, { ...trial(0.2), seconds: 9 });
  trials.add(A, trial(0.7, 'ials'));
  expect([trials.best('ease', GRID), trials.best('bpr', GRID)]).toEqual([trial(0.2), undefined]);
});

it('takes nothing for the best that the grid has no more', () => {
  const trials = new Trials('one', undefined);
  trials.add(A, trial(0.2));
  trials.add(B, trial(0.9));
  expect(trials.best('ease', { ...GRID, lambda: [20] })).toEqual(trial(0.2));
  expect(trials.best('ease', { ...GRID, dropout: [0.1] })).toBeUndefined();
  expect(trials.best('ease', { lambda: [20, 50] })).toBeUndefined();
});

it('goes on wherever the last line was cut off', () => {
  const file = folder.at('cut.jsonl');
  const trials = new Trials('one', file);
  trials.add(A, trial(0.1));
  const one = readFileSync(file).length;
  trials.add(A, trial(0.2));
  const bytes = readFileSync(file);
  for (let size = one + 1; size < bytes.length; size += 5) {
    folder.write('cut.jsonl', bytes);
    truncateSync(file, size);
    const again = new Trials('one', file);
    expect(again.find('ease', A)).toEqual(trial(0.1));
    again.add(B, trial(0.4));
    const last = new Trials('one', file);
    expect([last.find('ease', A)?.figure, last.find('ease', B)?.figure]).toEqual([0.1, 0.4]);
  }
});

it.each([
  ['text', 'user item item\n', 1],
  ['a line that is no trial', '{"task":"one"}\n', 1],
  ['another document', '{"a":1}', 1],
  ['a word without an end of line', 'hello', 1],
])('refuses a file of %s, and leaves it as it is', (_, content, line) => {
  const file = folder.write('no-trials', content);
  expect(() => new Trials('one', file)).toThrow(
    expect.objectContaining({ code: 'DATA_FILE', message: `${file}:${line}: no trial of a search` }),
  );
  expect(readFileSync(file, 'utf8')).toBe(content);
});

it('names the line of a bad one among good ones', () => {
  const file = folder.at('mixed.jsonl');
  new Trials('one', file).add(A, trial(0.1));
  folder.write('mixed.jsonl', `${readFileSync(file, 'utf8')}{"task":"one","figure":null}\n`);
  expect(() => new Trials('one', file)).toThrow(/mixed\.jsonl:2: no trial of a search$/);
});

it('takes an empty file, and refuses at once what cannot be written', () => {
  expect(new Trials('one', folder.write('empty', '')).find('ease', A)).toBeUndefined();
  mkdirSync(folder.at('inner'));
  for (const name of ['inner', 'nowhere/trials.jsonl'])
    expect(() => new Trials('one', folder.at(name))).toThrow(
      expect.objectContaining({ code: 'REQUEST', message: expect.stringMatching(/cannot be written \(E\w+\)$/) }),
    );
});
