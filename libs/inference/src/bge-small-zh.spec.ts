import { join } from 'node:path';
import { MINILM_FOLDER } from './fixtures/minilm.js';
import { openTextEncoder } from './onnx-text-encoder.js';
import type { OnnxTextEncoder } from './text-encoder.js';

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

describe('the bundled Chinese model', () => {
  let encoder: OnnxTextEncoder;
  beforeAll(async () => {
    encoder = await openTextEncoder(join(MINILM_FOLDER, '..', 'bge-small-zh-v1.5'));
  });
  afterAll(() => encoder.close());

  it('finds what a query means among Chinese titles, in words it does not share', async () => {
    expect(encoder).toMatchObject({ dims: 512, metric: 'cosine' });
    const titles = ['不锈钢保温杯', '纯棉婴儿连体衣', '羊毛地毯', '无线蓝牙耳机'];
    const documents = await Promise.all(titles.map((title) => encoder.embed([title], 'document')));
    const found = async (query: string): Promise<string | undefined> => {
      const vector = await encoder.embed([query], 'query');
      const scores = documents.map((document) => dot(vector, document));
      return titles[scores.indexOf(Math.max(...scores))];
    };
    expect(await found('喝水用的')).toBe('不锈钢保温杯');
    expect(await found('宝宝穿的')).toBe('纯棉婴儿连体衣');
    expect(await found('听音乐')).toBe('无线蓝牙耳机');
  });

  it('reads a query with the prefix it was trained with, and capitals as small letters', async () => {
    const [query, document] = [await encoder.embed(['iPhone'], 'query'), await encoder.embed(['iPhone'], 'document')];
    expect(dot(query, document)).toBeLessThan(0.999);
    expect(await encoder.embed(['IPHONE'], 'query')).toEqual(query);
  });
});
