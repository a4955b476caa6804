import { eventColumns, type HostPorts } from '@attune/sdk';
import { checkerboard, fakeCall, fakeHost, worldBatch, worldRequest, type World } from '@attune/testkit';
import { onnxScorer, onnxUserEncoderRetriever } from '../built-in.js';
import { foreignDraft, type ForeignDraft } from '../testing/foreign-models.js';
import { summingGraphs } from '../testing/summing-graphs.js';
import { foreignArtifact, foreignModelSchema } from './foreign-model.schema.js';

const world: World = checkerboard();
const [a, b, c] = world.items.map(({ id }) => id) as [string, string, string];
// A Saturday, at 13:30.
const now = Date.UTC(2026, 10, 21, 13, 30);

const history = (...items: readonly (string | [string, string])[]) =>
  eventColumns({
    items: items.map((item) => (typeof item === 'string' ? item : item[0])),
    types: items.map((item) => (typeof item === 'string' ? 'purchase' : item[1])),
    at: Float64Array.from(items, (_, i) => now - 1000 + i),
  });

function hostOf(draft: ForeignDraft, more: Partial<HostPorts> = {}) {
  const { kind } = foreignModelSchema.parse(draft.declaration);
  const graphs = summingGraphs(2);
  const made = foreignDraft(draft);
  const artifacts = new Map([[foreignArtifact(kind, 'mine'), made]]);
  return { graphs, host: { ...fakeHost(world, artifacts), graphs, ...more } };
}

async function scored(draft: ForeignDraft, view: object, ids: readonly string[], more?: Partial<HostPorts>) {
  const { graphs, host } = hostOf(draft, more);
  const running = await onnxScorer.setup({ model: 'mine' }, host);
  const out = new Float32Array(ids.length).fill(NaN);
  await running.score(worldBatch(world, [{ request: { ...worldRequest(world), now, ...view }, ids }]), out, fakeCall());
  await running.dispose?.();
  expect(graphs.openCount).toBe(0);
  return { scores: [...out], run: graphs.runs[0] };
}

/** Graphs that give 1 for each row, and fail where an input begins with a number. */
const failingAt = (name: string, number: number): HostPorts['graphs'] => ({
  open: async () => ({
    run: async (feeds) => {
      const feed = feeds[name]!;
      if (!('shape' in feed)) throw new TypeError(`${name} comes without its shape`);
      if (Number(feed.values[0]) === number) throw new Error(`no row ${number}\nstack`);
      return { score: new Float32Array(feed.shape[0]!).fill(1), user: Float32Array.of(1, 0) };
    },
    close: async () => {},
  }),
});

const scorer = (inputs: object, more: object = {}): object => ({
  kind: 'scorer',
  inputs,
  score: { output: 'score' },
  ...more,
});

describe('onnx', () => {
  it('feeds the newest known items of the history, oldest first, padded, and rows of candidates', async () => {
    const inputs = {
      past: { feed: 'history-items', length: 4, padding: 0, types: ['purchase'] },
      long: { feed: 'history-length', length: 4, types: ['purchase'] },
      item: { feed: 'candidate-item' },
    };
    const draft: ForeignDraft = {
      declaration: scorer(inputs, { firstRow: 1 }),
      inputs: [
        { name: 'past', type: 'int64', rank: 2 },
        { name: 'long', type: 'float32', rank: 2 },
        { name: 'item', type: 'int32', rank: 1 },
      ],
      ids: [a, b],
    };
    const { scores, run } = await scored(draft, { history: history(a, c, [a, 'view'], b) }, [b, c, a]);
    expect(run).toEqual({
      past: { type: 'BigInt64Array', values: [0, 0, 1, 2, 0, 0, 1, 2], shape: [2, 4] },
      long: { type: 'Float32Array', values: [2, 2], shape: [2, 1] },
      item: { type: 'Int32Array', values: [2, 1], shape: [2] },
    });
    // 1 · 3 + 2 · 4 of the history, 2 its length, and the row; the model does not know the second candidate.
    expect(scores).toEqual([15, NaN, 14]);
  });

  it('pads on the right, cuts the oldest, and feeds a request once where the graph takes one row', async () => {
    const past = { feed: 'history-items', length: 2, pad: 'right', padding: 9, once: true };
    const draft: ForeignDraft = {
      declaration: scorer({ past, item: { feed: 'candidate-item' } }),
      inputs: [
        { name: 'past', type: 'int32', rank: 2 },
        { name: 'item', type: 'int32', rank: 2 },
      ],
      ids: [a, b, c],
    };
    const one = await scored(draft, { history: history(c) }, [a, b]);
    expect(one.run).toEqual({
      past: { type: 'Int32Array', values: [2, 9], shape: [1, 2] },
      item: { type: 'Int32Array', values: [0, 1], shape: [2, 1] },
    });
    expect((await scored(draft, { history: history(c, b, a) }, [a])).run!['past']!.values).toEqual([1, 0]);
  });

  it('has no opinion on a user without known items, unless padding is to be fed', async () => {
    const inputs = { past: { feed: 'history-items', length: 2, padding: 7 } };
    const draft = (coldUser: string): ForeignDraft => ({
      declaration: scorer(inputs, { coldUser }),
      inputs: [{ name: 'past', type: 'int32', rank: 2 }],
      ids: [a],
    });
    expect((await scored(draft('abstain'), { history: history(b) }, [a])).scores).toEqual([NaN]);
    expect((await scored(draft('pad'), { history: history(b) }, [a])).run!['past']!.values).toEqual([7, 7]);
  });

  it('feeds numbers and categories of item, user and context, and the moment', async () => {
    const inputs = {
      price: { feed: 'number', of: 'item', path: 'price.amount', missing: -1 },
      age: { feed: 'number', of: 'user', path: 'age', missing: 30 },
      plan: { feed: 'category', of: 'user', path: 'plan', values: ['free', 'paid'], unknown: 2 },
      device: { feed: 'category', of: 'context', path: 'device', values: ['phone', 'desk'], unknown: 9, once: true },
      hour: { feed: 'hour' },
      day: { feed: 'weekday' },
    };
    const draft: ForeignDraft = {
      declaration: scorer(inputs),
      inputs: Object.keys(inputs).map((name) => ({ name, type: 'float32', rank: 1 })),
    };
    const user = { id: 'u', attributes: { age: 41, plan: ['gold', 'paid'] } };
    const { run } = await scored(draft, { user, context: { device: 'watch' } }, [a]);
    const price = world.items[0]!.price?.amount ?? -1;
    const fed = Object.fromEntries(Object.entries(run!).map(([name, { values }]) => [name, values[0]]));
    expect(fed).toEqual({ price: Math.fround(price), age: 41, plan: 1, device: 9, hour: 13, day: 5 });
    const bare = (await scored(draft, { user: undefined, context: {} }, [a])).run!;
    expect([bare['age']!.values, bare['plan']!.values]).toEqual([[30], [2]]);
  });

  it('feeds vectors of items and of the query; without either there is no opinion', async () => {
    const inputs = { q: { feed: 'query-vector', space: 'text' }, v: { feed: 'item-vector', space: 'text' } };
    const draft: ForeignDraft = {
      declaration: scorer(inputs),
      inputs: ['q', 'v'].map((name) => ({ name, type: 'float32', rank: 2 })),
    };
    const ports: Partial<HostPorts> = {
      embed: { query: async (space, text) => Float32Array.of(space.length, text.length) },
      itemVectors: {
        gather: async (_, ids) => {
          const data = Float32Array.from(ids.flatMap((id) => (id === b ? [NaN, NaN] : [1, 0.5])));
          return { rows: ids.length, dims: 2, data };
        },
      },
    };
    const { scores, run } = await scored(draft, { query: { text: 'mug' } }, [a, b], ports);
    expect(run).toEqual({
      q: { type: 'Float32Array', values: [4, 3], shape: [1, 2] },
      v: { type: 'Float32Array', values: [1, 0.5], shape: [1, 2] },
    });
    expect(scores).toEqual([12, NaN]);
    expect((await scored(draft, { query: undefined }, [a], ports)).scores).toEqual([NaN]);
  });

  it('takes the column that is asked for, and leaves out what is no number', async () => {
    const declaration = scorer({ item: { feed: 'candidate-item' } }, { score: { output: 'both', column: 1 } });
    const draft: ForeignDraft = { declaration, inputs: [{ name: 'item', type: 'int32', rank: 1 }], ids: [a, b] };
    const graphs: HostPorts['graphs'] = {
      open: async () => ({ run: async () => ({ both: Float32Array.of(1, 2, 3, Infinity) }), close: async () => {} }),
    };
    const host = { ...hostOf(draft).host, graphs };
    const running = await onnxScorer.setup({ model: 'mine' }, host);
    const out = new Float32Array(2).fill(NaN);
    await running.score(worldBatch(world, [{ request: worldRequest(world), ids: [a, b] }]), out, fakeCall());
    expect([...out]).toEqual([2, NaN]);
  });

  it('leaves out the requests that the graph does not run with; where it runs with none, it is at fault', async () => {
    const draft: ForeignDraft = {
      declaration: scorer({ item: { feed: 'candidate-item' } }),
      inputs: [{ name: 'item', type: 'int32', rank: 1 }],
      ids: [a, b, c],
    };
    const running = await onnxScorer.setup({ model: 'mine' }, { ...hostOf(draft).host, graphs: failingAt('item', 1) });
    const call = fakeCall();
    const request = worldRequest(world);
    const out = new Float32Array(4).fill(NaN);
    const asked = [[a], [b, c], [c]].map((ids) => ({ request, ids }));
    await running.score(worldBatch(world, asked), out, call);
    expect([...out]).toEqual([1, NaN, NaN, 1]);
    expect(call.notes).toEqual([{ code: 'GRAPH_FAILED', detail: '1 of 3 requests: no row 1' }]);
    const alone = worldBatch(world, [{ request, ids: [b] }]);
    await expect(running.score(alone, new Float32Array(1), fakeCall())).rejects.toThrow('no row 1');
  });

  it('waits for its model and says how it is imported; one of another kind is none', async () => {
    const encoder: ForeignDraft = {
      declaration: { kind: 'user-encoder', inputs: { hour: { feed: 'hour' } }, user: { output: 'user' } },
      inputs: [{ name: 'hour', type: 'float32', rank: 1 }],
      ids: [a],
      vectors: Float32Array.of(1, 0),
    };
    await expect(onnxScorer.setup({ model: 'mine' }, hostOf(encoder).host)).rejects.toThrow(
      "ARTIFACT_MISSING: no imported scorer 'mine': attune models import FILE.onnx --kind scorer --name mine",
    );
  });
});

describe('onnx-user-encoder', () => {
  const encoder = (more: object = {}): ForeignDraft => ({
    declaration: {
      ...{ kind: 'user-encoder', inputs: { past: { feed: 'history-items', length: 1 } }, user: { output: 'user' } },
      ...more,
    },
    inputs: [{ name: 'past', type: 'int64', rank: 2 }],
    ids: [a, b, c],
    vectors: Float32Array.of(1, 0, -2, 0, 0, 4),
  });
  const retrieved = async (draft: ForeignDraft, view: object, limit = 3) => {
    const running = await onnxUserEncoderRetriever.setup({ model: 'mine' }, hostOf(draft).host);
    const request = { ...worldRequest(world), now, ...view };
    const [found] = await running.retrieve([request], limit, fakeCall());
    return found!.ids.map((id, i) => [id, found!.scores[i]!] as const);
  };

  it('proposes by dot products, best first, negative ones too; seeds are left out', async () => {
    // Row 0 makes the user (1, 0).
    expect(await retrieved(encoder(), { history: history(a) })).toEqual([
      [a, 1],
      [c, 0],
      [b, -2],
    ]);
    expect(await retrieved(encoder(), { history: history(a), itemIds: [a] }, 1)).toEqual([[c, 0]]);
  });

  it('proposes by cosines where that is asked for', async () => {
    const found = await retrieved(encoder({ metric: 'cosine' }), { history: history(c) });
    // Row 2 makes the user (cos 2, sin 2 · …): directions alone count.
    const [best] = found;
    expect(found.every(([, score]) => Math.abs(score) <= 1 + 1e-6)).toBe(true);
    expect(best![1]).toBe(Math.max(...found.map(([, score]) => score)));
  });

  it('proposes nothing for a user with whom the graph does not run, and goes on with the others', async () => {
    const host = { ...hostOf(encoder()).host, graphs: failingAt('past', 1) };
    const running = await onnxUserEncoderRetriever.setup({ model: 'mine' }, host);
    const call = fakeCall();
    const views = [b, a].map((id) => ({ ...worldRequest(world), now, history: history(id) }));
    const found = await running.retrieve(views, 1, call);
    expect(found.map(({ ids }) => ids)).toEqual([[], [a]]);
    expect(call.notes).toEqual([{ code: 'GRAPH_FAILED', detail: '1 of 2 requests: no row 1' }]);
    await expect(running.retrieve(views.slice(0, 1), 1, fakeCall())).rejects.toThrow('no row 1');
  });

  it('proposes nothing for a user whom the model does not know, or within no time', async () => {
    expect(await retrieved(encoder(), { history: history() })).toEqual([]);
    const running = await onnxUserEncoderRetriever.setup({ model: 'mine' }, hostOf(encoder()).host);
    const late = fakeCall({ remainingMs: 0, signal: AbortSignal.abort() });
    const [found] = await running.retrieve([{ ...worldRequest(world), history: history(a) }], 3, late);
    expect(found!.ids).toEqual([]);
  });
});

describe('the declaration of a foreign model', () => {
  const wrong = (declaration: object): string =>
    foreignModelSchema
      .safeParse(declaration)
      .error!.issues.map(({ message }) => message)
      .join();
  it('refuses feeds of candidates for a user encoder, and once for what is of each candidate', () => {
    const user = { kind: 'user-encoder', user: { output: 'u' } };
    expect(wrong({ ...user, inputs: { x: { feed: 'candidate-item' } } })).toContain('a user encoder sees none');
    const price = { feed: 'number', of: 'item', path: 'price.amount', once: true };
    expect(wrong(scorer({ x: price }))).toContain('it cannot be fed once');
  });
  it('refuses feeds and members that it does not know', () => {
    expect(wrong(scorer({ x: { feed: 'moon' } }))).not.toBe('');
    expect(wrong(scorer({ x: { feed: 'hour', off: 1 } }))).toContain('off');
  });
});
