import { setImmediate as nextTurn } from 'node:timers/promises';
import { openBulkEncoder, type BulkEncoder } from './bulk-encoder.js';
import { MINILM_FOLDER } from './fixtures/minilm.js';
import { openTextEncoder } from './onnx-text-encoder.js';

const texts = Array.from(
  { length: 50 },
  (_, i) => `${['red', 'blue', 'big'][i % 3]} mug number ${i} ${'of the set '.repeat(i % 4)}`,
);
const many = Array.from({ length: 20_000 }, (_, i) => `mug ${i}`);

describe('openBulkEncoder', () => {
  let bulk: BulkEncoder;

  beforeAll(async () => {
    bulk = await openBulkEncoder(MINILM_FOLDER, { maxInFlight: 8 });
  });
  afterAll(() => bulk.close());

  it('gives the same bits as the encoder in this thread, under the same digest, in concurrent calls too', async () => {
    const encoder = await openTextEncoder(MINILM_FOLDER);
    const expected = await encoder.embed(texts, 'document');
    await encoder.close();
    const [all, some, none] = await Promise.all([bulk.embed(texts), bulk.embed(texts.slice(0, 5)), bulk.embed([])]);
    expect(all).toEqual(expected);
    expect(some).toEqual(expected.slice(0, 5 * bulk.dims));
    expect(none).toHaveLength(0);
    expect(bulk).toMatchObject({ digest: encoder.digest, dims: 384, metric: 'cosine', id: 'all-MiniLM-L6-v2' });
  });

  it('reports progress up to the end', async () => {
    const steps: number[] = [];
    await bulk.embed(texts, { onProgress: (done, total) => steps.push(total === 50 ? done : NaN) });
    expect(steps.length).toBeGreaterThan(5);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(50);
  });

  it('stops at an abort with its reason and goes on to serve other calls', async () => {
    const controller = new AbortController();
    let seen = 0;
    const stopped = bulk.embed(many, {
      signal: controller.signal,
      onProgress: (done) => {
        seen = done;
        if (done >= 8) controller.abort(new Error('changed my mind'));
      },
    });
    await expect(stopped).rejects.toThrow('changed my mind');
    expect(await bulk.embed(['after'])).toHaveLength(384);
    expect(seen).toBeLessThanOrEqual(16);
    await expect(bulk.embed(['x'], { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
  });

  it('leaves this thread free while it works', async () => {
    const controller = new AbortController();
    let embedded = 0;
    const onProgress = (done: number): void => void (embedded = done);
    const stopped = expect(bulk.embed(many, { signal: controller.signal, onProgress })).rejects.toThrow('enough');
    // So many texts take the better part of a minute, these turns of the event loop a moment.
    for (let turn = 0; turn < 100; turn++) await nextTurn();
    expect(embedded).toBeLessThan(many.length);
    controller.abort(new Error('enough'));
    await stopped;
  });

  it('ends at once on close: running calls reject, later ones too', async () => {
    const other = await openBulkEncoder(MINILM_FOLDER);
    const begun = new Promise<void>((resolve) => {
      other.embed(many, { onProgress: () => resolve() }).catch(() => undefined);
    });
    const running = other.embed(many);
    const refused = expect(running).rejects.toThrow('bulk encoder all-MiniLM-L6-v2 is closed');
    await begun;
    await Promise.all([other.close(), other.close()]);
    await refused;
    await expect(other.embed(['x'])).rejects.toThrow('is closed');
  });

  it('survives being closed in the middle of work, time after time, beside a model in this thread', async () => {
    const encoder = await openTextEncoder(MINILM_FOLDER);
    for (let round = 0; round < 4; round++) {
      const other = await openBulkEncoder(MINILM_FOLDER, { maxInFlight: 1000 });
      const refused = expect(other.embed(many)).rejects.toThrow('is closed');
      await encoder.embed(Array<string>(round + 1).fill('some time passes'), 'query');
      await other.close();
      await refused;
    }
    await encoder.close();
  });

  it('says why a folder cannot be used', async () => {
    await expect(openBulkEncoder('/no/such/folder')).rejects.toThrow(
      /model folder \/no\/such\/folder: cannot read attune\.model\.json/,
    );
  });
});
