import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MINILM_FOLDER } from './fixtures/minilm.js';
import { createTextTokenizer } from './text-tokenizer.js';

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
/** Ids by the reference implementation (the Rust library `tokenizers` 0.23), frozen. */
const reference = json<{ text: string; ids: number[] }[]>(join(__dirname, 'fixtures/minilm-token-ids.json'));
const tokenizerOf = (maxTokens: number): ReturnType<typeof createTextTokenizer> =>
  createTextTokenizer(
    json<object>(join(MINILM_FOLDER, 'tokenizer.json')),
    json<object>(join(MINILM_FOLDER, 'tokenizer_config.json')),
    maxTokens,
  );

describe('createTextTokenizer', () => {
  it.each(reference)('agrees with the reference on $text', ({ text, ids }) => {
    expect([...tokenizerOf(256).encode(text)].map(Number)).toEqual(ids);
  });

  it('cuts a long text and keeps its closing token', () => {
    const whole = [...tokenizerOf(256).encode('one two three four five')];
    const cut = [...tokenizerOf(5).encode('one two three four five')];
    expect(cut).toEqual([...whole.slice(0, 4), whole.at(-1)]);
    expect(tokenizerOf(256).encode('word '.repeat(100_000))).toHaveLength(256);
  });

  it.each([
    ['warm', true],
    ['supplies', true],
    ['lumch', false],
    ['chrismas', false],
    ['hot water', false],
    ['', false],
    ['\u{10900}', false],
    ['保', true],
    ['warm'.repeat(100), false],
  ])('knows the word %j: %j', (word, known) => expect(tokenizerOf(256).knows(word)).toBe(known));

  it('takes any text in bounded time', () => {
    const tokenizer = tokenizerOf(256);
    const before = process.cpuUsage();
    for (const piece of ['a', '保', '\u0300\u0316', '[SEP]', '\ud800', '😀', ' ', '!']) {
      expect(tokenizer.encode(piece.repeat(500_000)).length).toBeLessThanOrEqual(256);
    }
    // Each takes milliseconds, the text being cut before it is read; uncut they take minutes.
    expect(process.cpuUsage(before).user).toBeLessThan(4e6);
  });
});
