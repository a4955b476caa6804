import { buildWorld, fakeCall, fakeHost, trainOn, worldRequest, type WorldAsk } from '@attune/testkit';
import { popularBySegmentRetriever, popularBySegmentTrainer } from '../built-in.js';

const world = buildWorld({
  name: 'small shop',
  items: ['lunch', 'lunch2', 'clock', 'clock2', 'tea'].map((id) => ({ id, title: id })),
  journeys: new Map([
    ['ann', ['lunch', 'lunch2', 'tea']],
    ['bob', ['lunch', 'lunch2']],
    ['cas', ['clock', 'clock2', 'lunch']],
    ['dan', ['clock', 'clock2']],
    ['eva', ['lunch']],
  ]),
  expectations: [],
});

describe('popular-by-segment', () => {
  const described = {
    ...world,
    users: [
      { id: 'ann', attributes: { country: ['FR', 'BE'] } },
      { id: 'bob', attributes: { country: 'FR' } },
      { id: 'cas', attributes: { country: 'DE' } },
      { id: 'dan', attributes: { country: 'DE' } },
      { id: 'eva' },
    ],
  };
  const trained = (config: object = {}) =>
    trainOn(described, {
      plugin: popularBySegmentTrainer,
      config: { attribute: 'country', minUsers: 2, ...config },
    });
  const ask = async (asked: WorldAsk) => {
    const host = fakeHost(described, new Map([['popular-by-segment', await trained()]]));
    const running = await popularBySegmentRetriever.setup(popularBySegmentRetriever.config.parse({}), host);
    const call = fakeCall();
    const [found] = await running.retrieve([worldRequest(described, asked)], 3, call);
    return { ...found!, notes: call.notes.map(({ code }) => code) };
  };

  it('counts users of the segment, large ones only, and names nobody', async () => {
    const { ids, meta } = await trained();
    expect(ids['segments']).toEqual(['DE', 'FR']);
    expect(Object.keys(ids).sort()).toEqual(['items', 'segments']);
    expect(meta).toMatchObject({ attribute: 'country', segments: 2 });
    const { evaluation } = await trained({ minUsers: 3 });
    expect(evaluation!.value).toBeLessThan(evaluation!.minimum);
    await expect(trained({ attribute: 'planet' })).rejects.toThrow("has the attribute 'planet': send users with it");
  });

  it('counts the end of the log alone where told to', async () => {
    // Everybody's last purchase is a minute old, those before are two minutes older.
    const { ids } = await trained({ windowDays: 0.0001 });
    expect([...ids['items']!].sort()).toEqual(['clock2', 'lunch', 'lunch2', 'tea']);
  });

  it("goes by the user, else by the request's context, else by everybody", async () => {
    const french = { scores: Float32Array.of(2, 2, 1), notes: [] };
    expect(await ask({ userId: 'ann' })).toMatchObject({ ...french, ids: ['lunch', 'lunch2', 'tea'] });
    expect(await ask({ context: { country: 'FR' } })).toMatchObject(french);
    const german = await ask({ userId: 'dan', context: { country: 'FR' } });
    expect(german.ids.slice(0, 2).sort()).toEqual(['clock', 'clock2']);
    const refuses = { ...described.users[0]!, consent: { profiling: false } };
    for (const asked of [
      { userId: 'ann', user: refuses },
      { userId: 'eva' },
      { context: { country: 'toString' } },
      { context: { country: 'BE' } },
    ]) {
      const { ids, scores, notes } = await ask(asked);
      expect([ids[0], scores[0], notes]).toEqual(['lunch', 4, ['SEGMENT_UNKNOWN']]);
    }
  });
});
