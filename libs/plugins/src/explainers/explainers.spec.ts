import { eventColumns, type Item, type Plugin } from '@attune/sdk';
import {
  buildWorld,
  fakeCall,
  fakeHost,
  trainOn,
  worldRequest,
  worldExplainedSlate,
  type WorldAsk,
} from '@attune/testkit';
import {
  attributeMatchExplainer,
  becauseYouBoughtExplainer,
  easeTrainer,
  goesWithExplainer,
  matchesQueryExplainer,
  strongestPartExplainer,
} from '../built-in.js';

const world = buildWorld({
  name: 'shop',
  items: [
    { id: 'red', title: 'Red lunch boxes' },
    { id: 'blue', title: 'Blue lunch boxes' },
    { id: 'clock', title: 'Alarm clock' },
  ],
  journeys: new Map([
    ['ann', ['red', 'clock']],
    ['bob', ['red', 'clock']],
  ]),
  expectations: [],
});
const history = (type: string, items: readonly string[]) =>
  eventColumns({ items, types: items.map(() => type), at: Float64Array.from(items, (_, i) => world.now - 10 + i) });

async function explain(plugin: Plugin<'explainer'>, ask: WorldAsk, ids: readonly string[], config: unknown = {}) {
  const trained = new Map([['ease', await trainOn(world, { plugin: easeTrainer, config: { lambda: 1 } })]]);
  const running = await plugin.setup(plugin.config.parse(config), fakeHost(world, trained));
  return running.explain(worldExplainedSlate(world, worldRequest(world, ask), ids), fakeCall());
}

describe('because-you-bought', () => {
  const bought = { reason: 'because-you-bought', evidence: ['red'], params: {} };
  it('names the nearest item by text, or nothing where none is near', async () => {
    const found = await explain(becauseYouBoughtExplainer, { history: history('purchase', ['red']) }, [
      'blue',
      'clock',
    ]);
    expect(found).toEqual([bought, undefined]);
  });

  it('names the item with the largest weight by the model', async () => {
    const found = await explain(
      becauseYouBoughtExplainer,
      { history: history('purchase', ['blue', 'red']) },
      ['clock'],
      { source: 'ease' },
    );
    expect(found).toEqual([bought]);
  });

  it('says viewed where it was only viewed, and ignores what is no sign of interest', async () => {
    const viewed = await explain(becauseYouBoughtExplainer, { history: history('view', ['red']) }, ['blue']);
    expect(viewed).toEqual([{ ...bought, reason: 'because-you-viewed' }]);
    expect(await explain(becauseYouBoughtExplainer, { history: history('impression', ['red']) }, ['blue'])).toEqual([
      undefined,
    ]);
  });

  it('lets an item of the past explain itself', async () => {
    for (const source of ['text', 'ease']) {
      expect(
        await explain(becauseYouBoughtExplainer, { history: history('purchase', ['red', 'blue']) }, ['red'], {
          source,
        }),
      ).toEqual([bought]);
    }
  });
});

describe('matches-query', () => {
  it('names the shared words, whatever their case, accents or number', async () => {
    const found = await explain(matchesQueryExplainer, { query: 'LÚNCH box red' }, ['red', 'blue', 'clock']);
    expect(found.map((one) => one?.params['words'])).toEqual(['LÚNCH, red', 'LÚNCH', undefined]);
    expect(await explain(matchesQueryExplainer, {}, ['red'])).toEqual([undefined]);
  });
});

describe('goes-with', () => {
  it('names the nearest seed, or nothing where none is near', async () => {
    const found = await explain(goesWithExplainer, { itemIds: ['clock', 'red'] }, ['blue']);
    expect(found).toEqual([{ reason: 'goes-with', evidence: ['red'], params: {} }]);
    expect(await explain(goesWithExplainer, { itemIds: ['clock'] }, ['blue'])).toEqual([undefined]);
  });

  it('has nothing to say without seeds', async () => {
    expect(await explain(goesWithExplainer, { history: history('purchase', ['red']) }, ['blue'])).toEqual([undefined]);
  });
});

describe('attribute-match', () => {
  const colored = (id: string, color: string | undefined, brand: string, categories: readonly string[]): Item => ({
    id,
    title: id,
    brand,
    categories: [...categories],
    ...(color !== undefined && { attributes: { color } }),
  });
  const shop = buildWorld({
    name: 'colors',
    items: [
      colored('red1', 'red', 'north', ['cups']),
      colored('red2', 'red', 'south', ['lamps']),
      colored('red3', 'red', 'north', ['bowls']),
      colored('blue', 'blue', 'south', ['cups']),
      colored('plain', undefined, 'west', ['bowls']),
    ],
    journeys: new Map(),
    expectations: [],
  });
  const explainIn = async (ids: readonly string[], config: object, events = history('purchase', ['red1', 'red2'])) => {
    const running = await attributeMatchExplainer.setup(attributeMatchExplainer.config.parse(config), fakeHost(shop));
    return running.explain(worldExplainedSlate(shop, worldRequest(shop, { history: events }), ids), fakeCall());
  };

  it('names the value shared with most of the past, and the latest items that have it', async () => {
    const by = ['brand', 'attributes.color'];
    const reason = {
      reason: 'attribute-match',
      evidence: ['red2', 'red1'],
      params: { attribute: 'color', value: 'red' },
    };
    expect(await explainIn(['red3', 'blue', 'plain'], { by })).toEqual([reason, undefined, undefined]);
    const [one] = await explainIn(['red3'], { by, maxEvidence: 1 });
    expect(one!.evidence).toEqual(['red2']);
  });

  it('prefers what is shared more, then what is named first; an item is no evidence for itself', async () => {
    const past = history('purchase', ['red1', 'blue', 'red3']);
    const [red2, red1] = await explainIn(['red2', 'red1'], { by: ['brand', 'attributes.color'], minItems: 1 }, past);
    expect([red2!.params, red2!.evidence]).toEqual([{ attribute: 'color', value: 'red' }, ['red3', 'red1']]);
    expect([red1!.params, red1!.evidence]).toEqual([{ attribute: 'brand', value: 'north' }, ['red3']]);
    expect((await explainIn(['plain'], { minItems: 1 }, past)).map((reason) => reason?.params)).toEqual([
      { attribute: 'category', value: 'bowls' },
    ]);
  });

  it('has nothing to say of too few, or of what is no sign of liking', async () => {
    expect(await explainIn(['red3'], { by: ['attributes.color'], minItems: 3 })).toEqual([undefined]);
    const seen = history('impression', ['red1', 'red2']);
    expect(await explainIn(['red3'], { by: ['attributes.color'], minItems: 1 }, seen)).toEqual([undefined]);
  });
});

describe('strongest-part', () => {
  const explained = async (config: object, parts: Readonly<Record<string, readonly number[]>>) => {
    const running = await strongestPartExplainer.setup(strongestPartExplainer.config.parse(config), fakeHost(world));
    const slate = worldExplainedSlate(world, worldRequest(world, {}), ['red', 'blue', 'clock']);
    const contributions = new Map(Object.entries(parts).map(([name, column]) => [name, Float64Array.from(column)]));
    return (await running.explain({ ...slate, contributions }, fakeCall())).map((one) => one?.reason);
  };

  it('says what the part that added most says, of those that have something to say', async () => {
    const parts = { ease: [0.5, 0.1, 0], 'recent-sales': [0.2, 0.3, -1], mine: [9, 9, 9] };
    expect(await explained({}, parts)).toEqual(['often-with-yours', 'selling-now', undefined]);
    expect(await explained({ otherwise: 'popular' }, parts)).toEqual(['often-with-yours', 'selling-now', 'popular']);
    expect(await explained({ reasons: { mine: 'because-of-mine' } }, parts)).toEqual(Array(3).fill('because-of-mine'));
  });
});
