import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttuneError } from '@attune/sdk';
import { checkModel } from './check-model.js';
import { modelImportSchema, type ModelImport } from './model-import.schema.js';
import { base64, EXAMPLES, given, graphsOf, ids, rowsOf, type Run } from './testing/given-models.js';

const clicks: Run = async (feeds) => ({ click: new Float32Array(rowsOf(feeds)).fill(0.5) });
const encodes: Run = async () => ({ user_vector: new Float32Array(16).fill(0.1) });

const scorer = (inputs: object, more: object = {}): object => {
  const { declaration } = given('scorer');
  return { declaration: { ...declaration, inputs: { ...declaration.inputs, ...inputs }, ...more } };
};

/** Files of one node that turn `price` into `score`, each with one thing that cannot be used. */
const TINY = {
  external:
    'CAgSADptChYKBXByaWNlCgF3EgVzY29yZSIDQWRkEgFnKiQIARABQgF3ahkKCGxvY2F0aW9uEg0vZXRjL2hvc3RuYW1lcAFaFAoFcHJpY2USCwoJCAESBQoDEgFuYhQKBXNjb3JlEgsKCQgBEgUKAxIBbkIECgAQEQ==',
  whole:
    'CAgSADpQCh8KBXByaWNlEgVzY29yZSIEQ2FzdCoJCgJ0bxgHoAECEgFnWhQKBXByaWNlEgsKCQgBEgUKAxIBbmIUCgVzY29yZRILCgkIBxIFCgMSAW5CBAoAEBE=',
  four: 'CAgSADpCChMKBXByaWNlEgVzY29yZSIDTmVnEgFnWhMKBXByaWNlEgoKCAgBEgQKAggEYhMKBXNjb3JlEgoKCAgBEgQKAggEQgQKABAR',
  cube: 'CAgSADpUChMKBXByaWNlEgVzY29yZSIDTmVnEgFnWhwKBXByaWNlEhMKEQgBEg0KAxIBbgoCCAIKAggCYhwKBXNjb3JlEhMKEQgBEg0KAxIBbgoCCAIKAggCQgQKABAR',
  doubles:
    'CAgSADpQCh8KBXByaWNlEgVzY29yZSIEQ2FzdCoJCgJ0bxgBoAECEgFnWhQKBXByaWNlEgsKCQgLEgUKAxIBbmIUCgVzY29yZRILCgkIARIFCgMSAW5CBAoAEBE=',
};

async function refusal(model: ModelImport, run: Run = clicks): Promise<string> {
  const { port, counted } = graphsOf(run);
  const error = await checkModel(model, { graphs: port, dimsOf: (space) => (space === 'text' ? 384 : undefined) }).then(
    () => undefined,
    (thrown: AttuneError) => thrown,
  );
  expect(error?.code).toBe('MODEL_UNUSABLE');
  expect(counted.closed).toBe(counted.opened);
  return `${error!.detail} ${error!.pointer}`;
}
const check = (model: ModelImport, run: Run) =>
  checkModel(model, { graphs: graphsOf(run).port, dimsOf: () => undefined });

describe('checkModel', () => {
  it('makes the artifact of a scorer: its file, its ids, and how it is fed', async () => {
    const { draft, meta } = await check(given('scorer'), clicks);
    expect(Buffer.from(draft.arrays['graph']! as Uint8Array).toString('base64')).toBe(base64('click-scorer.onnx'));
    expect(draft.ids).toEqual({ items: ids });
    expect(draft.meta).toEqual(JSON.parse(JSON.stringify(meta)));
    expect(meta.inputs).toEqual([
      { name: 'history', type: 'int64', rank: 2 },
      { name: 'item', type: 'int64', rank: 1 },
      { name: 'country', type: 'int64', rank: 1 },
      { name: 'price', type: 'float32', rank: 1 },
      { name: 'weekday', type: 'float32', rank: 1 },
    ]);
  });

  it('makes the artifact of a user encoder; the row of the padding has no vector', async () => {
    const { draft, meta } = await check(given('user-encoder'), encodes);
    expect(meta.dims).toBe(16);
    expect(draft.arrays['vectors']).toHaveLength(60 * 16);
    const file = readFileSync(join(EXAMPLES, 'gru-encoder.vectors.npy'));
    expect(draft.arrays['vectors']![0]).toBe(file.readFloatLE(128 + 16 * 4));
  });

  it('takes the vectors of items from an output', async () => {
    const { declaration } = given('user-encoder');
    const named = { declaration: { ...declaration, vectors: { output: 'all' } }, vectors: undefined };
    const all = Float32Array.from({ length: 61 * 16 }, (_, i) => i);
    const run: Run = async (feeds) => ({ ...(await encodes(feeds)), all });
    const { draft } = await check(given('user-encoder', named), run);
    expect(draft.arrays['vectors']).toEqual(all.slice(16));
  });

  it('tries the first row, the last, and one and several candidates', async () => {
    const seen: string[] = [];
    const run: Run = async (feeds) => {
      const item = feeds['item'];
      if (item !== undefined && 'shape' in item) seen.push(`${item.values.join()}`);
      return clicks(feeds);
    };
    await check(given('scorer'), run);
    expect(seen).toEqual(['1', '60', '1', '1,1,1', '60,60,60', '1,1,1']);
  });

  it('tries every feed at its first value, at its last, and at the least that is said', async () => {
    const seen: Record<string, string[]> = {};
    const run: Run = async (feeds) => {
      for (const [name, feed] of Object.entries(feeds))
        if ('shape' in feed) (seen[name] ??= []).push(String(feed.values));
      return clicks(feeds);
    };
    const feeds = { price: { feed: 'hour' }, item: { feed: 'history-length', length: 10 } };
    await check(given('scorer', scorer(feeds)), run);
    const alone = (name: string): readonly string[] => seen[name]!.slice(0, 3);
    expect(alone('country')).toEqual(['0', '2', '3']);
    expect([alone('price'), alone('weekday')]).toEqual([
      ['0', '23', '0'],
      ['0', '6', '0'],
    ]);
    expect(alone('item')).toEqual(['10', '10', '1']);
    // Padded on the right, the only item comes first.
    expect(alone('history')).toEqual(
      ['1', '60', '1'].map((row, i) => [row, ...Array<string>(9).fill(i < 2 ? row : '0')].join()),
    );
    seen['history'] = [];
    seen['item'] = [];
    await check(given('scorer', scorer(feeds, { coldUser: 'pad' })), run);
    expect([alone('item')[2], alone('history')[2]]).toEqual(['0', Array<string>(10).fill('0').join()]);
  });

  it.each([
    [
      'a web page',
      { onnx: Buffer.from('<html></html>').toString('base64') },
      'no ONNX file: .* export it as ONNX /onnx',
    ],
    [
      'an input that is fed nothing',
      { declaration: { ...given('scorer').declaration, inputs: {} } },
      'input "history" is fed nothing: add it to inputs /declaration/inputs/history',
    ],
    [
      'a feed for no input',
      scorer({ moon: { feed: 'hour' } }),
      'the graph has no input "moon": it has "history", "item", "country", "price", "weekday" /declaration/inputs/moon',
    ],
    [
      'fractions for whole numbers',
      scorer({ country: { feed: 'number', of: 'user', path: 'age' } }),
      'input "country" is of type int64, and number has fractions: use float32',
    ],
    [
      'a history of another length',
      scorer({ history: { feed: 'history-items', length: 11 } }),
      'input "history" takes 10 numbers a row, and history-items has 11',
    ],
    [
      'a history where a number is taken',
      scorer({ item: { feed: 'history-items', length: 3 } }),
      'input "item" takes 1 numbers a row, and history-items has 3',
    ],
    [
      'vectors of another size',
      scorer({ price: { feed: 'query-vector', space: 'text' } }),
      'input "price" takes vectors of 1 numbers, and those of space \'text\' have 384',
    ],
    [
      'a space that is not there',
      scorer({ price: { feed: 'query-vector', space: 'images' } }),
      "fed from space 'images', which is not there",
    ],
    ['no item ids', { items: undefined }, 'input "history" is rows of items: say which item each row is /items'],
    ['an item twice', { items: ['a', 'b', 'a'] }, 'an item id is there twice'],
    [
      'an output that is not there',
      scorer({}, { score: { output: 'buy', column: 0 } }),
      'the graph has no output "buy": it has "click" /declaration/score/output',
    ],
    [
      'an output of a name that objects have',
      scorer({}, { score: { output: 'toString', column: 0 } }),
      'the graph has no output "toString": it has "click" /declaration/score/output',
    ],
    [
      'a column that is not there',
      scorer({}, { score: { output: 'click', column: 2 } }),
      'output "click" has 1 columns: there is no 2',
    ],
  ])('refuses %s', async (_, changes, message) => {
    expect(await refusal(given('scorer', changes))).toMatch(new RegExp(message));
  });

  it.each<[string, keyof typeof TINY, string]>([
    [
      'numbers in other files',
      'external',
      'keeps numbers in other files: export it as one file, without external data /onnx',
    ],
    ['outputs of whole numbers', 'whole', 'output "score" is of type int64: export float32 outputs only /onnx'],
    [
      'a fixed number of candidates',
      'four',
      'input "price" has 4 rows, always: export it with a dynamic first dimension',
    ],
    ['inputs of three dimensions', 'cube', 'input "price" has 3 dimensions: it must be [rows] or [rows, width]'],
    ['inputs of doubles', 'doubles', 'input "price" is of type float64: export it as float32, int32 or int64'],
  ])('refuses %s', async (_, name, message) => {
    const inputs = { price: { feed: 'number', of: 'item', path: 'price.amount' } };
    const declaration = { kind: 'scorer', inputs, score: { output: 'score' } };
    expect(await refusal(modelImportSchema.parse({ declaration, onnx: TINY[name] }))).toContain(message);
  });

  it.each<[string, Run, string]>([
    [
      'fails',
      () => Promise.reject(new Error('indices out of bounds\nstack')),
      'does not run with item row 1 and 1 candidates: indices out of bounds /onnx',
    ],
    ['gives NaN', async () => ({ click: Float32Array.of(NaN) }), 'output "click" of a dry run holds NaN at 0 /onnx'],
    [
      'gives one number for all',
      async () => ({ click: Float32Array.of(1) }),
      'output "click" is not \\[3\\] or \\[3, columns\\]',
    ],
    [
      'gives all pairs',
      async (feeds) => ({ click: new Float32Array(rowsOf(feeds) ** 2) }),
      'has 1 columns for one candidate, and 3 for 3',
    ],
    [
      'knows fewer items than there are ids',
      async (feeds) => {
        const item = feeds['item'];
        if (item !== undefined && 'shape' in item && Number(item.values[0]) > 50) throw new Error('row 60 of 50');
        return clicks(feeds);
      },
      'does not run with item row 60 and 1 candidates, and the last value of each feed: row 60 of 50',
    ],
    [
      'has no place for what is unknown',
      async (feeds) => {
        const country = feeds['country'];
        if (country !== undefined && 'shape' in country && Number(country.values[0]) > 2) throw new Error('3 of 3');
        return clicks(feeds);
      },
      'does not run with item row 1 and 1 candidates, unknown categories and the shortest history: 3 of 3',
    ],
  ])('refuses a graph that %s', async (_, run, message) => {
    expect(await refusal(given('scorer'), run)).toMatch(new RegExp(message));
  });

  it('refuses a model that gives other numbers than were recorded', async () => {
    const example = (outputs: object, inputs: object = {}): object => ({
      inputs: {
        history: [[1, 2, 3, 0, 0, 0, 0, 0, 0, 0]],
        item: [1],
        country: [0],
        price: [2.5],
        weekday: [1],
        ...inputs,
      },
      outputs,
    });
    const told = (one: object): Promise<string> =>
      refusal(given('scorer', { examples: [example({ click: [0.5] }), one] }));
    expect(await told(example({ click: [0.5002] }))).toMatch(
      /example 1: output "click" is 0.5 at 0, recorded is 0.5002: more than 0.0001 apart/,
    );
    expect(await told(example({ click: [0.5, 0.5] }))).toMatch(
      /has 1 numbers, recorded are 2 \/examples\/1\/outputs\/click/,
    );
    expect(await told(example({ buy: [1] }))).toMatch(/the graph has no output "buy"/);
    expect(await told(example({ valueOf: [1] }))).toMatch(/the graph has no output "valueOf"/);
    expect(await told(example({ click: [0.5] }, { moon: [1] }))).toMatch(/the graph has no input "moon"/);
    expect(await told(example({ click: [0.5] }, { item: [1.5] }))).toMatch(/input "item" is int64, and has fractions/);
    const near = given('scorer', { examples: [example({ click: [0.50004] })] });
    await expect(check(near, clicks)).resolves.toBeDefined();
  });

  it.each([
    [
      'vectors neither in a file nor in an output',
      { vectors: undefined },
      'give the vectors of the items either as a file or by the name of an output',
    ],
    [
      'vectors that are no .npy file',
      { vectors: Buffer.from('0.1,0.2').toString('base64') },
      'it is no .npy file: write it by numpy.save /vectors',
    ],
    [
      'vectors of fewer items',
      { items: [...ids, 'more', 'still-more'] },
      'there are vectors for 61 rows of 16 numbers, and 62 items from row 1 on /vectors',
    ],
    ['a user encoder without items', { items: undefined }, 'input "history" is rows of items'],
  ])('refuses %s', async (_, changes, message) => {
    expect(await refusal(given('user-encoder', changes), encodes)).toContain(message);
  });

  it('refuses vectors of another length than the user has', async () => {
    const run: Run = async () => ({ user_vector: new Float32Array(8).fill(1) });
    expect(await refusal(given('user-encoder'), run)).toContain("it has vectors of 16 numbers, and the user's has 8");
  });
});
