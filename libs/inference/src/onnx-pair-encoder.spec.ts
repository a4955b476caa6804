import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINILM_FOLDER } from './fixtures/minilm.js';
import { tinyPairModel } from './fixtures/tiny-onnx.js';
import { openPairEncoder } from './onnx-pair-encoder.js';
import { createTextTokenizer } from './text-tokenizer.js';

const read = (file: string): object => JSON.parse(readFileSync(join(MINILM_FOLDER, file), 'utf8')) as object;
const tokenizer = createTextTokenizer(read('tokenizer.json'), read('tokenizer_config.json'), 10_000);
const sum = (ids: BigInt64Array): number => ids.reduce((total, id) => total + Number(id), 0);
const [CLS, SEP] = [101, 102];
/** Sum of a text's own tokens. */
const own = (text: string): number => sum(tokenizer.encode(text)) - CLS - SEP;
const CONFIG = { max_position_embeddings: 12, type_vocab_size: 2, id2label: { 0: 'LABEL_0' } };

describe('openPairEncoder', () => {
  let scratch: string;
  let folders = 0;
  beforeAll(() => (scratch = mkdtempSync(join(tmpdir(), 'attune-pairs-'))));
  afterAll(() => rmSync(scratch, { recursive: true }));

  /** A folder with the bundled tokenizer and a model whose logit tells what it read; null leaves a file out. */
  function folderWith(changes: Readonly<Record<string, Buffer | string | null>> = {}): string {
    const folder = join(scratch, String(folders++));
    mkdirSync(join(folder, 'onnx'), { recursive: true });
    const files: Record<string, Buffer | string | null> = {
      'config.json': JSON.stringify(CONFIG),
      'onnx/model.onnx': tinyPairModel(),
      ...changes,
    };
    for (const [file, content] of Object.entries(files))
      if (content !== null) writeFileSync(join(folder, file), content);
    for (const file of ['tokenizer.json', 'tokenizer_config.json'])
      if (files[file] === undefined) symlinkSync(join(MINILM_FOLDER, file), join(folder, file));
    return folder;
  }

  it('reads [CLS] query [SEP] text [SEP], the query as the first text and the text as the second', async () => {
    const encoder = await openPairEncoder(folderWith());
    const [mug, empty] = await encoder.score('red mug', ['blue cup', '']);
    expect(mug).toBe(CLS + own('red mug') + SEP - own('blue cup') - SEP);
    expect(empty).toBe(CLS + own('red mug') + SEP - SEP);
    expect(await encoder.score('red mug', [])).toHaveLength(0);
    await encoder.close();
  });

  it('cuts the query to half of the room and the text to the rest, closing tokens kept', async () => {
    const encoder = await openPairEncoder(folderWith());
    expect(encoder.maxTokens).toBe(12);
    const words = (count: number): string => 'mug '.repeat(count);
    // Of 12 tokens the query takes 6, two of them special; the text has 6, one of them special.
    const long = await encoder.score(words(50), [words(50), words(5), words(6)]);
    const expected = CLS + own(words(4)) + SEP - own(words(5)) - SEP;
    expect([...long]).toEqual([expected, expected, expected]);
    const [short] = await encoder.score('mug', [words(50)]);
    expect(short).toBe(CLS + own('mug') + SEP - own(words(8)) - SEP);
    await encoder.close();
  });

  it('stops between two pairs when told to, and refuses after close', async () => {
    const encoder = await openPairEncoder(folderWith());
    await expect(encoder.score('a', ['b'], AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    const running = encoder.score('a', ['b', 'c']);
    await Promise.all([encoder.close(), encoder.close()]);
    expect(await running).toHaveLength(2);
    await expect(encoder.score('a', ['b'])).rejects.toThrow('the cross-encoder is closed');
  });

  it.each<[string, Readonly<Record<string, Buffer | string | null>>, RegExp]>([
    ['no config', { 'config.json': null }, /cannot read config\.json \(ENOENT\); copy it there, or correct the path/],
    ['no tokenizer', { 'tokenizer.json': null }, /cannot read tokenizer\.json \(ENOENT\)/],
    ['no model', { 'onnx/model.onnx': null }, /there is no ONNX file; copy it to onnx\/model_quantized\.onnx/],
    ['a broken model', { 'onnx/model.onnx': 'x' }, /onnx\/model\.onnx does not load: .*; restore the file/],
    [
      'many labels',
      { 'config.json': JSON.stringify({ ...CONFIG, id2label: { 0: 'A', 1: 'B' } }) },
      /id2label: must have one label/,
    ],
    ['one text type', { 'config.json': JSON.stringify({ ...CONFIG, type_vocab_size: 1 }) }, /must be 2 or more/],
    [
      'a model of vectors',
      { 'onnx/model.onnx': readFileSync(join(MINILM_FOLDER, 'onnx/model_quantized.onnx')) },
      /is no cross-encoder: its output "last_hidden_state" is not one float32 logit a pair/,
    ],
  ])('refuses a folder with %s, and says so in one line', async (_, changes, message) => {
    const folder = folderWith(changes);
    const refusal = (await openPairEncoder(folder).catch((error: unknown) => error)) as Error;
    expect(refusal.name).toBe('ModelFolderError');
    expect(refusal.message).toMatch(message);
    expect(refusal.message).toContain(folder);
    expect(refusal.message).not.toContain('\n');
  });

  const real = join(MINILM_FOLDER, '..', 'ms-marco-MiniLM-L-12-v2');
  const title = 'puts what answers a query far above what does not (ms-marco-MiniLM-L-12-v2';
  it(existsSync(real) ? `${title})` : `${title}: left out, the model is not in assets/models)`, async () => {
    if (!existsSync(real)) return;
    const encoder = await openPairEncoder(real);
    const texts = ['Lunch box with cutlery, red retrospot', 'Alarm clock Bakelike green', 'Blue lunch bag'];
    const [box, clock, bag] = await encoder.score('red lunch box', texts);
    expect(box).toBeGreaterThan(0);
    expect(clock).toBeLessThan(-5);
    expect(bag).toBeLessThan(box!);
    expect((await encoder.score('red lunch box', texts.slice(2)))[0]).toBe(bag);
    await encoder.close();
  });
});
