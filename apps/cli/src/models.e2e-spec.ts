import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_MODEL, PATIENT_MS, TinyShop } from './testing/tiny-shop.js';

const EXAMPLES = join(__dirname, '../../../docs/guides/examples/models');
const example = (file: string): string => join(EXAMPLES, file);
const text = (file: string): string => readFileSync(example(file), 'utf8');

interface Recorded {
  readonly inputs: Readonly<Record<string, never[]>>;
  readonly outputs: Readonly<Record<string, never[]>>;
}
const recorded = (file: string): readonly Recorded[] => JSON.parse(text(file)) as readonly Recorded[];

const ids = text('best-sellers.txt').trim().split('\n');
const idOf = (row: number): string => ids[row - 1]!;

/** What PyTorch was asked: three items bought, six candidates with their prices, on a Sunday. */
const clicks = recorded('click-scorer.examples.json')[1]!;
const [bought] = clicks.inputs['history']! as unknown as readonly (readonly number[])[];
const candidates = clicks.inputs['item']! as readonly number[];
const prices = clicks.inputs['price']! as readonly number[];
const SUNDAY = '2026-01-11T12:00:00Z';

/** What TensorFlow was asked: a history of five items. */
const walks = recorded('gru-encoder.examples.json')[1]!;
const walked = (walks.inputs['history']! as unknown as readonly (readonly number[])[])[0]!.filter((row) => row > 0);
const [userVector] = walks.outputs['user_vector']! as unknown as readonly (readonly number[])[];

const hardMs = PATIENT_MS;
/** Of scores: processors add in different orders. */
const DIGITS = 4;
const shop = new TinyShop(
  {
    home: {
      score: [{ use: 'onnx', as: 'click', hardMs, config: { model: 'click' } }],
      rank: { use: 'weighted', hardMs, config: { click: { weight: 1, scale: 'none' } } },
    },
    walk: {
      retrieve: [{ use: 'onnx-user-encoder', limit: 100, hardMs, config: { model: 'gru' } }],
      rank: { use: 'weighted', hardMs, config: { 'onnx-user-encoder': { weight: 1, scale: 'none' } } },
    },
  },
  NO_MODEL,
);

interface Slate {
  readonly items: readonly { readonly id: string; readonly score: number }[];
  readonly degraded?: readonly { readonly code: string }[];
}
const slate = async (surface: string, user: string): Promise<Slate> => {
  const args = ['--surface', surface, '--user', user, '--limit', '60', '--at', SUNDAY];
  return (await shop.json<Slate>('recommend', ...args)).value;
};
const importing = (name: string, kind: string, model: string, ...more: readonly string[]) => {
  const args = ['--name', name, '--kind', kind, '--inputs', example(`${model}.yaml`)];
  return shop.run(
    'models',
    'import',
    example(`${model}.onnx`),
    ...args,
    '--items',
    example('best-sellers.txt'),
    ...more,
  );
};
const click = (...more: readonly string[]) => importing('click', 'scorer', 'click-scorer', ...more);
const VECTORS = ['--item-vectors', example('gru-encoder.vectors.npy')];

const purchases = (userId: string, rows: readonly number[]): readonly object[] =>
  rows.map((row, i) => ({
    ...{ id: `${userId}-${i}`, type: 'purchase', userId, itemId: idOf(row) },
    at: new Date(Date.UTC(2026, 0, 5, 10, i)).toISOString(),
  }));

async function send(url: string, what: string, rows: readonly object[]): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/v1/${what}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ [what]: rows }),
  });
  expect({ ok: response.ok, text: response.ok ? '' : await response.text() }).toEqual({ ok: true, text: '' });
}

beforeAll(async () => {
  const url = await shop.serve();
  const items = ids.map((id, i) => {
    const amount = prices[candidates.indexOf(i + 1)] ?? 1;
    return { id, title: `Item ${id}`, price: { amount: Math.round(amount * 100) / 100, currency: 'GBP' } };
  });
  await send(url, 'items', items);
  await send(url, 'users', [{ id: 'ann', attributes: { country: 'United Kingdom' } }]);
  // What nobody bought is not popular, and would not be proposed.
  const others = purchases('zoe', candidates);
  const own = purchases(
    'ann',
    bought!.filter((row) => row > 0),
  );
  await send(url, 'events', [...own, ...purchases('bob', walked), ...others]);
});
afterAll(() => shop.close());

it('says what a pipeline waits for, as long as no model is there', async () => {
  expect((await slate('home', 'ann')).degraded).toEqual([expect.objectContaining({ code: 'ARTIFACT_MISSING' })]);
});

it('imports a scorer of PyTorch: slates have the scores that were recorded there', async () => {
  const { code, stdout } = await click('--examples', example('click-scorer.examples.json'));
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(
      /^Imported scorer click \([0-9a-f]+\): 5 inputs, 60 items, 2 recorded examples repeated\.\n$/,
    ),
  ]);
  const { items, degraded } = await slate('home', 'ann');
  expect(degraded ?? []).toEqual([]);
  const scores = new Map(items.map(({ id, score }) => [id, score]));
  candidates.forEach((row, i) => expect(scores.get(idOf(row))).toBeCloseTo(clicks.outputs['click']![i]!, DIGITS));
});

it('imports a user encoder of TensorFlow: proposals have the dot products of the recorded vector', async () => {
  const examples = ['--examples', example('gru-encoder.examples.json')];
  const { code, stdout } = await importing('gru', 'user-encoder', 'gru-encoder', ...VECTORS, ...examples);
  expect([code, stdout]).toEqual([0, expect.stringContaining('vectors of 16 numbers, 3 recorded examples repeated')]);
  const { items } = await slate('walk', 'bob');
  const file = readFileSync(example('gru-encoder.vectors.npy'));
  const vectorOf = (row: number): number[] => userVector!.map((_, d) => file.readFloatLE(128 + (row * 16 + d) * 4));
  const dotOf = (id: string): number =>
    vectorOf(ids.indexOf(id) + 1).reduce((sum, value, d) => sum + value * userVector![d]!, 0);
  expect(items).toHaveLength(55);
  for (const { id, score } of items) expect(score).toBeCloseTo(dotOf(id), DIGITS);
});

describe('refuses, with the fix', () => {
  const before = async (): Promise<readonly number[]> => (await slate('home', 'ann')).items.map(({ score }) => score);
  const lineOf = (stderr: string): string => stderr.split('\n').find((line) => line.startsWith('attune: '))!;

  it('what ONNX Runtime cannot open, and goes on with the model before', async () => {
    const scores = await before();
    const bytes = readFileSync(example('click-scorer.onnx'));
    bytes.set(Buffer.from('Rumble'), bytes.indexOf('Sigmoid'));
    const broken = shop.write('broken.onnx', bytes);
    const args = ['--name', 'click', '--kind', 'scorer', '--inputs', example('click-scorer.yaml')];
    const { code, stderr } = await shop.run(
      'models',
      'import',
      broken,
      ...args,
      '--items',
      example('best-sellers.txt'),
    );
    expect([code, lineOf(stderr)]).toEqual([1, expect.stringContaining('MODEL_UNUSABLE: the file does not open: ')]);
    expect(await before()).toEqual(scores);
  });

  it('an item list that is longer than the embeddings of the graph', async () => {
    const items = shop.write('items.txt', [...ids, 'one-more'].join('\n'));
    const args = ['--name', 'click', '--kind', 'scorer', '--inputs', example('click-scorer.yaml'), '--items', items];
    const { code, stderr } = await shop.run('models', 'import', example('click-scorer.onnx'), ...args);
    expect([code, lineOf(stderr)]).toEqual([1, expect.stringContaining('does not run with item row 61')]);
  });

  it('recorded examples that the model does not repeat', async () => {
    const [first] = recorded('click-scorer.examples.json');
    const wrong = shop.write('wrong.json', JSON.stringify([{ ...first, outputs: { click: [0.9] } }]));
    const { code, stderr } = await click('--examples', wrong);
    expect([code, lineOf(stderr)]).toEqual([
      1,
      expect.stringMatching(/example 0: output "click" is 0\.\d+ at 0, recorded is 0\.9/),
    ]);
  });

  it('a declaration, a kind, a file and a name that do not hold, before or without the server', async () => {
    const declaration = shop.write('wrong.yaml', 'inputs:\n  history: { feed: moon }\nscore: { output: click }\n');
    const file = example('click-scorer.onnx');
    const importFile = (...args: readonly string[]) => shop.run('models', 'import', ...args);
    const wrong = await importFile(file, '--name', 'click', '--kind', 'scorer', '--inputs', declaration);
    expect([wrong.code, lineOf(wrong.stderr)]).toEqual([2, expect.stringContaining('wrong.yaml:2: ')]);
    const rest = ['--name', 'Click!', '--kind', 'scorer', '--inputs', example('click-scorer.yaml')];
    expect(lineOf((await importFile('none.onnx', ...rest)).stderr)).toContain('none.onnx cannot be read');
    const items = ['--items', example('best-sellers.txt')];
    expect(lineOf((await importFile(file, ...rest, ...items)).stderr)).toContain(
      'must be kebab-case, such as two-tower',
    );
    expect((await importFile(file, '--name', 'click', '--kind', 'ranker')).code).toBe(2);
  });

  it('a file that is too large, before it is sent', async () => {
    const large = shop.write('large.onnx', Buffer.alloc(32 * 1024 * 1024 + 1));
    const args = ['--name', 'click', '--kind', 'scorer', '--inputs', example('click-scorer.yaml')];
    const { code, stderr } = await shop.run('models', 'import', large, ...args);
    expect([code, lineOf(stderr)]).toEqual([
      2,
      expect.stringContaining('has 33554433 bytes, and 33554432 may be imported'),
    ]);
  });
});
