import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINILM_FOLDER } from './fixtures/minilm.js';
import { openTextEncoder, type TextEncoderOptions } from './onnx-text-encoder.js';
import type { OnnxTextEncoder } from './text-encoder.js';

const SPEC = JSON.parse(readFileSync(join(MINILM_FOLDER, 'attune.model.json'), 'utf8')) as Record<string, unknown>;
const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

describe('openTextEncoder', () => {
  let encoder: OnnxTextEncoder;
  let scratch: string;
  let folders = 0;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'attune-inference-'));
    encoder = await openTextEncoder(MINILM_FOLDER);
  });
  afterAll(async () => {
    await encoder.close();
    rmSync(scratch, { recursive: true });
  });

  /** A folder with links to the real files, but for those given: their text, or null to leave the file out. */
  async function folderWith(files: Record<string, string | null>): Promise<string> {
    const folder = join(scratch, String(folders++));
    await mkdir(join(folder, 'onnx'), { recursive: true });
    for (const file of ['attune.model.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx']) {
      const text = files[file];
      if (text === undefined) symlinkSync(join(MINILM_FOLDER, file), join(folder, file));
      else if (text !== null) writeFileSync(join(folder, file), text);
    }
    return folder;
  }
  const withSpec = (change: object): Promise<string> =>
    folderWith({ 'attune.model.json': JSON.stringify({ ...SPEC, ...change }) });

  async function embedIn(folder: string, texts: string[], options?: TextEncoderOptions): Promise<Float32Array> {
    const other = await openTextEncoder(folder, options);
    try {
      return await other.embed(texts, 'query');
    } finally {
      await other.close();
    }
  }

  const row = (vectors: Float32Array, i: number): Float32Array => vectors.subarray(i * 384, (i + 1) * 384);

  it('gives unit rows in which meaning is near and other meaning is far', async () => {
    const texts = [
      'WHITE HANGING HEART T-LIGHT HOLDER',
      'candle holder shaped like a heart',
      'garden watering can',
      '',
    ];
    const vectors = await encoder.embed(texts, 'document');
    expect(vectors).toHaveLength(4 * 384);
    for (let i = 0; i < 4; i++) expect(cosine(row(vectors, i), row(vectors, i))).toBeCloseTo(1, 5);
    const [near, far] = [cosine(row(vectors, 0), row(vectors, 1)), cosine(row(vectors, 0), row(vectors, 2))];
    expect(near).toBeGreaterThan(0.5);
    expect(far).toBeLessThan(0.3);
    expect(await encoder.embed([], 'document')).toHaveLength(0);
  });

  it('gives each text the same bits alone, in any company, in any order and in concurrent calls', async () => {
    const texts = [
      'red mug',
      'blue mug',
      'red mug',
      'LUNCH BOX WITH CUTLERY RETROSPOT',
      'ж',
      'a b c d e f g '.repeat(30),
      '',
    ];
    const alone = await Promise.all(texts.map((text) => encoder.embed([text], 'document')));
    const together = await encoder.embed(texts, 'document');
    const reversed = await encoder.embed([...texts].reverse(), 'document');
    texts.forEach((_, i) => {
      expect(row(together, i)).toEqual(alone[i]);
      expect(row(reversed, texts.length - 1 - i)).toEqual(alone[i]);
    });
  });

  it('gives the same bits on two threads and from a second session', async () => {
    const texts = ['red mug', 'SET OF 3 CAKE TINS PANTRY DESIGN', 'word '.repeat(200)];
    const first = await encoder.embed(texts, 'query');
    expect(await embedIn(MINILM_FOLDER, texts, { threads: 2 })).toEqual(first);
  });

  it('applies prefixes, pooling, scaling and the token limit of the spec', async () => {
    const [plain, asked] = [await encoder.embed(['query: mug'], 'query'), await encoder.embed(['mug'], 'query')];
    expect(await embedIn(await withSpec({ queryPrefix: 'query: ' }), ['mug'])).toEqual(plain);
    const first = await embedIn(await withSpec({ pooling: 'cls' }), ['mug']);
    expect(first).not.toEqual(asked);
    expect(cosine(first, first)).toBeCloseTo(1, 5);
    const raw = await embedIn(await withSpec({ normalize: false, metric: 'dot' }), ['mug']);
    const length = Math.sqrt(cosine(raw, raw));
    expect(length).not.toBeCloseTo(1, 1);
    expect(cosine(raw, asked) / length).toBeCloseTo(1, 5);
    const short = await embedIn(await withSpec({ maxTokens: 5 }), ['red mug with a lid', 'red mug with nothing']);
    expect(row(short, 0)).toEqual(row(short, 1));
  });

  it('has a digest that follows what decides a vector, not the spelling of the spec', async () => {
    const digestOf = async (folder: string): Promise<string> => {
      const other = await openTextEncoder(folder);
      await other.close();
      return other.digest;
    };
    expect(encoder.digest).toMatch(/^[\da-f]{64}$/);
    expect(await digestOf(await folderWith({ 'attune.model.json': JSON.stringify(SPEC) }))).toBe(encoder.digest);
    expect(await digestOf(await withSpec({ pooling: 'cls' }))).not.toBe(encoder.digest);
    const config = readFileSync(join(MINILM_FOLDER, 'tokenizer_config.json'), 'utf8');
    expect(await digestOf(await folderWith({ 'tokenizer_config.json': `${config} ` }))).not.toBe(encoder.digest);
  });

  it.each<[string, Record<string, string | null>, RegExp]>([
    ['no spec', { 'attune.model.json': null }, /cannot read attune\.model\.json \(ENOENT\); copy it there/],
    ['no model', { 'onnx/model_quantized.onnx': null }, /cannot read onnx\/model_quantized\.onnx \(ENOENT\)/],
    ['no tokenizer', { 'tokenizer.json': null }, /cannot read tokenizer\.json \(ENOENT\)/],
    ['a broken tokenizer', { 'tokenizer.json': '{' }, /tokenizer\.json is not valid JSON/],
    ['a list', { 'tokenizer_config.json': 'null' }, /tokenizer_config\.json must hold a JSON object/],
    ['a broken model', { 'onnx/model_quantized.onnx': 'no model' }, /model_quantized\.onnx does not load: /],
    [
      'an empty spec',
      { 'attune.model.json': '{}' },
      /attune\.model\.json is wrong: id: .*; dims: .*; pooling: .*; file: /,
    ],
  ])('refuses a folder with %s in one line', async (_, files, message) => {
    const folder = await folderWith(files);
    const refusal = await openTextEncoder(folder).catch((error: Error) => error);
    expect(refusal).toMatchObject({ name: 'ModelFolderError' });
    expect((refusal as Error).message).toMatch(message);
    expect((refusal as Error).message).toContain(folder);
    expect((refusal as Error).message).not.toContain('\n');
  });

  it.each<[object, RegExp]>([
    [
      { dims: 383 },
      /does not fit attune\.model\.json: .*is float32 \[batch_size, sequence_length, 384\], expected float32 \[batch, tokens, dims = 383\]/,
    ],
    [{ normalize: false }, /normalize: must be true with metric "cosine"/],
    [{ file: '../elsewhere.onnx' }, /file: must be a relative path/],
    [{ colour: 'red' }, /colour/],
  ])('refuses the spec change %j', async (change, message) => {
    await expect(openTextEncoder(await withSpec(change))).rejects.toThrow(message);
  });

  it('finishes running calls on close, then refuses', async () => {
    const other = await openTextEncoder(MINILM_FOLDER);
    const running = other.embed(['a', 'b', 'c'], 'document');
    await Promise.all([other.close(), other.close()]);
    expect(await running).toHaveLength(3 * 384);
    await expect(other.embed(['a'], 'document')).rejects.toThrow('text model all-MiniLM-L6-v2 is closed');
  });
});
