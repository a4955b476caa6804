import type { Query } from '@attune/sdk';
import { fakeCall, fakeHost, twoGenres, worldBatch, worldRequest } from '@attune/testkit';
import { weightedRanker } from '../built-in.js';
import { personalOption, personalStrength } from './personal-strength.js';

const world = twoGenres();
const asked = (personalize: number, query?: Query) => ({ ...worldRequest(world, { personalize }), query });
const ids = world.items.slice(0, 3).map(({ id }) => id);

async function scoresFor(config: unknown, requests: readonly ReturnType<typeof asked>[]) {
  const running = await weightedRanker.setup(weightedRanker.config.parse(config), fakeHost(world));
  const batch = worldBatch(
    world,
    requests.map((request) => ({ request, ids })),
  );
  const columns = new Map([
    ['words', Float32Array.from(requests.flatMap(() => [1, 0.5, 0.25]))],
    ['taste', Float32Array.from(requests.flatMap(() => [-1, NaN, 1]))],
  ]);
  return running.rank(batch, columns, fakeCall());
}

describe('a personal column', () => {
  const config = { words: 1, taste: { weight: 2, personal: true } };

  it.each([
    [1, undefined, 1],
    [0.25, undefined, 0.25],
    [1, 'broad', 1],
    [0.5, 'category', 0.5],
    [1, 'navigational', 0],
    [0, 'broad', 0],
  ] as const)('personalize %s and intent %s weigh it by %s', (personalize, intent, strength) => {
    const query = { text: 'mug', ...(intent && { intent }) };
    expect(personalStrength(personalOption.parse(true), asked(personalize, query))).toBe(strength);
    expect(personalStrength(personalOption.parse(false), asked(personalize, query))).toBe(1);
    expect(personalStrength(personalOption.parse(true), asked(personalize))).toBe(personalize);
  });

  it('may be told how loudly for each intent', () => {
    const option = personalOption.parse({ navigational: 0.2, category: 0.5 });
    const strengths = (['navigational', 'category', 'broad'] as const).map((intent) =>
      personalStrength(option, asked(0.5, { text: 'mug', intent })),
    );
    expect(strengths).toEqual([0.1, 0.25, 0.5]);
    expect(personalOption.safeParse({ broad: 1.5 }).success).toBe(false);
  });

  it('is weighed request by request, and contributions still are the score', async () => {
    const { scores, contributions } = await scoresFor(config, [asked(1), asked(0.5), asked(0)]);
    expect([...contributions.get('taste')!]).toEqual([-2, 0, 2, -1, 0, 1, 0, 0, 0]);
    scores.forEach((score, c) => expect(score).toBe(contributions.get('words')![c]! + contributions.get('taste')![c]!));
  });

  it('says nothing at all at personalize 0: the numbers are those of nobody, bit for bit', async () => {
    const own = await scoresFor(config, [asked(0)]);
    const nobodys = await scoresFor({ ...config, taste: { weight: 0 } }, [asked(1)]);
    expect(new Uint8Array(own.scores.buffer)).toEqual(new Uint8Array(nobodys.scores.buffer));
    expect(own.contributions.get('taste')!.some((value) => Object.is(value, -0))).toBe(false);
  });
});
