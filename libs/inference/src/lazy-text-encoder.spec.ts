import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINILM_FOLDER } from './fixtures/minilm.js';
import { openTextEncoderLazily } from './lazy-text-encoder.js';
import { openTextEncoder } from './onnx-text-encoder.js';

describe('openTextEncoderLazily', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attune-lazy-'));
  const model = join(folder, 'onnx', 'model_quantized.onnx');
  beforeAll(() => cpSync(MINILM_FOLDER, folder, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is described as the open model is, and gives the same vectors', async () => {
    const [lazy, open] = await Promise.all([openTextEncoderLazily(folder), openTextEncoder(MINILM_FOLDER)]);
    const { embed, close, knows, ...info } = open;
    expect(lazy).toMatchObject(info);
    const [one, other] = await Promise.all([lazy.embed(['red mug'], 'query'), lazy.embed(['red mug'], 'query')]);
    expect(one).toEqual(await embed(['red mug'], 'query'));
    expect(other).toEqual(one);
    expect([lazy.knows('mug'), knows('mug'), lazy.knows('mgu')]).toEqual([true, true, false]);
    await Promise.all([lazy.close(), lazy.close(), close()]);
    await expect(lazy.embed(['late'], 'query')).rejects.toThrow('is closed');
  });

  it('reads the model with the first text, and tries again after a failure', async () => {
    const lazy = await openTextEncoderLazily(folder);
    expect(lazy.knows('mug')).toBe(false);
    renameSync(model, `${model}.away`);
    await expect(lazy.embed(['mug'], 'query')).rejects.toThrow('cannot read onnx/model_quantized.onnx');
    renameSync(`${model}.away`, model);
    expect(await lazy.embed(['mug'], 'query')).toHaveLength(384);
    await lazy.close();
  });

  it('may be closed unopened, and refuses a folder without a model at once', async () => {
    await (await openTextEncoderLazily(folder)).close();
    await expect(openTextEncoderLazily('/no/such/folder')).rejects.toThrow('cannot read attune.model.json');
  });
});
