import type { HostPorts, Item } from '@attune/sdk';
import { buildWorld, fakeCall, fakeHost, ManualClock, worldRequest, worldSlate } from '@attune/testkit';
import { crossEncoderReranker } from '../built-in.js';

const items: Item[] = [
  { id: 'lamp', title: 'Desk lamp' },
  { id: 'blue', title: 'Blue mug', description: 'Not a red mug.' },
  { id: 'red', title: 'Mug', brand: 'red red' },
  { id: 'cup', title: 'Red mug' },
];
const world = buildWorld({ name: 'mugs', items, journeys: new Map(), expectations: [] });
const slate = (query?: string) => {
  const request = worldRequest(world, query === undefined ? {} : { query });
  return worldSlate(world, request, ['lamp', 'blue', 'red', 'cup']);
};

async function setUp(config: object = {}, pairScore: HostPorts['pairScore'] = fakeHost(world).pairScore) {
  const parsed = crossEncoderReranker.config.parse({ model: 'any', ...config });
  return crossEncoderReranker.setup(parsed, { ...fakeHost(world), pairScore });
}
const rerank = async (config: object, query?: string) => [
  ...(await (await setUp(config)).rerank(slate(query), fakeCall())),
];

/** A model that takes `ms` of the clock for each pair, and remembers what it read. */
function slowModel(clock: ManualClock, ms: () => number) {
  const read: string[][] = [];
  const opened: string[] = [];
  const port: HostPorts['pairScore'] = {
    open: async (model) => {
      opened.push(model);
      return {
        async score(_, texts, call) {
          read.push([...texts]);
          clock.advance(texts.length * ms());
          call.deadline.signal.throwIfAborted();
          return Float32Array.from(texts, (__, i) => i);
        },
      };
    },
  };
  return { port, read, opened };
}

describe('cross-encoder', () => {
  it('orders the pool by what the model says of query and text, equals as they were', async () => {
    // Words shared with the query: lamp 0, blue 3 (with its description), red 3 (with its brand), cup 2.
    expect(await rerank({ weight: 1 }, 'red mug')).toEqual([1, 2, 3, 0]);
    expect(await rerank({ weight: 1, pool: 2 }, 'red mug')).toEqual([1, 0, 2, 3]);
    expect(await rerank({ weight: 1, maxChars: 10 }, 'red mug')).toEqual([2, 3, 1, 0]);
  });

  it('leaves the order alone without a query', async () => {
    expect(await rerank({})).toEqual([0, 1, 2, 3]);
    expect(await rerank({}, '  ')).toEqual([0, 1, 2, 3]);
  });

  it('weighs the model against the score', async () => {
    expect(await rerank({ weight: 0 }, 'red mug')).toEqual([0, 1, 2, 3]);
    // Scores 1, ⅔, ⅓, 0 and logits −1, 2, 2, 1 of 10, weighed 9 : 1 for the model: .01, .247, .213, .09.
    expect(await rerank({ weight: 0.9 }, 'red mug')).toEqual([1, 2, 3, 0]);
    expect(await rerank({ weight: 0.5 }, 'red mug')).toEqual([0, 1, 2, 3]);
  });

  /** The plugin on a model that takes `ms` a pair, warm, and how to ask it with so much time left. */
  async function timed(ms: () => number) {
    const clock = new ManualClock();
    const model = slowModel(clock, ms);
    const running = await setUp({ model: './reranker', weight: 1 }, model.port);
    await running.warmup!(fakeCall({ deadline: clock.deadline(1000) }));
    const ask = async (remainingMs: number) => {
      const call = fakeCall({ deadline: clock.deadline(remainingMs) });
      return { order: [...(await running.rerank(slate('mug'), call))], notes: call.notes };
    };
    return { ask, model };
  }
  const skipped = (ms: number) => ({
    order: [0, 1, 2, 3],
    notes: [{ code: 'TIME_TOO_SHORT', detail: `4 pairs take ${ms} ms` }],
  });
  const ordered = { order: [3, 2, 1, 0], notes: [] };

  it('skips itself where the pool has been taking longer than what is left, and says so', async () => {
    let ms = 10;
    const { ask, model } = await timed(() => ms);
    expect(model.opened).toEqual(['./reranker']);
    expect(await ask(40)).toEqual(skipped(40));
    expect(model.read).toEqual([['a text']]);
    // A skip takes a fiftieth off the 10 ms a pair.
    expect(await ask(39)).toEqual(skipped(40));
    ms = 9;
    expect(await ask(39)).toEqual(ordered);
    expect(model.read).toHaveLength(2);
  });

  it('learns from a slow call, and at once from one that was cut off', async () => {
    let ms = 10;
    const { ask } = await timed(() => ms);
    ms = 60;
    expect(await ask(1000)).toEqual(ordered);
    // 10 + .2 × (60 − 10) = 20 ms a pair.
    expect(await ask(80)).toEqual(skipped(80));
    // Cut off after 81 ms: it is taken to need a quarter more, until so many skips have forgotten that.
    await expect(ask(81)).rejects.toThrow('abort');
    expect(await ask(101)).toEqual(skipped(102));
    ms = 10;
    expect(await ask(102)).toEqual(ordered);
  });

  it('is refused when it is set up without its model', async () => {
    const missing: HostPorts['pairScore'] = {
      open: (model) => Promise.reject(new Error(`model folder ${model}: cannot read config.json`)),
    };
    await expect(setUp({ model: './gone' }, missing)).rejects.toThrow('model folder ./gone: cannot read config.json');
    expect(crossEncoderReranker.config.safeParse({}).success).toBe(false);
  });
});
