import { buildWorld, fakeRun, NO_TRAINING_DATA, trainingDataOf } from '@attune/testkit';
import { withValues } from '../testing/rating.plans.js';
import { holdOutRaters } from '../exams/held-out-raters.js';
import { learnableRatings, ratingLog } from './rating-log.js';

/** Events of each user, oldest first: `item=value`, of type `rating` if nothing else is said before it. */
function logOf(users: Readonly<Record<string, readonly string[]>>) {
  const parsed = (step: string) => /^(?:(\w+):)?(\w+)=(.+)$/.exec(step)!.slice(1);
  const values = new Map<string, number[]>();
  const journeys = Object.entries(users).map(([user, steps]) => {
    values.set(
      user,
      steps.map((step) => Number(parsed(step)[2])),
    );
    return [user, steps.map((step) => `${parsed(step)[0] ?? 'rating'}:${parsed(step)[1]}`)] as const;
  });
  const world = buildWorld({ name: 'log', items: [], journeys: new Map(journeys), expectations: [] });
  return trainingDataOf(withValues(world, (user) => values.get(user)!.shift()!));
}

describe('ratingLog', () => {
  it('has the newest rating of each item, in the order they were given', () => {
    const data = logOf({ u: ['a=1', 'b=2', 'a=3', 'c=NaN', 'view:d=5'], v: ['view:a=1'], w: ['a=4'] });
    const { starts, items, values } = ratingLog(data, ['rating']);
    const of = (user: string): string[] => {
      const row = data.userIds.indexOf(user);
      const places = [...items.keys()].slice(starts[row], starts[row + 1]);
      return places.map((k) => `${data.itemIds[items[k]!]}=${values[k]}`);
    };
    expect(['u', 'v', 'w'].map(of)).toEqual([['b=2', 'a=3'], [], ['a=4']]);
  });
});

describe('learnableRatings', () => {
  it('numbers those who rated, and what they rated', () => {
    const data = logOf({ u: ['view:x=1', 'a=1', 'b=2'], v: ['view:a=1'], w: ['b=4'] });
    const { ratings, itemIds } = learnableRatings(data, ['rating']);
    expect([ratings.userCount, ratings.itemCount, ratings.scale]).toEqual([2, 2, [1, 4]]);
    const triples = [...ratings.users].map((user, k) => [user, itemIds[ratings.items[k]!], ratings.values[k]]);
    expect(new Set(triples.map(([user]) => user))).toEqual(new Set([0, 1]));
    expect(triples.map(([, item, value]) => `${item}=${value}`).sort()).toEqual(['a=1', 'b=2', 'b=4']);
  });

  it.each([
    [NO_TRAINING_DATA, 'the event log holds no rating with a value to learn from: send events with `value` first'],
    [logOf({ u: ['a=NaN', 'view:b=2'] }), /^the event log holds no rating with a value/],
    [
      logOf({ u: ['a=3', 'b=3'], v: ['a=3'] }),
      'every rating in the log has the value 3: a model learns from values that differ',
    ],
  ])('refuses what nothing can be learned from, with the fix', (data, message) => {
    expect(() => learnableRatings(data, ['rating'])).toThrow(message);
  });
});

describe('holdOutRaters', () => {
  const give = (count: number) => Array.from({ length: count }, (_, k) => `i${k}=${k}`);
  const heldOf = (users: number, ratings: number) =>
    holdOutRaters(
      logOf(Object.fromEntries(Array.from({ length: users }, (_, u) => [`u${u}`, give(ratings)]))),
      ['rating'],
      fakeRun().random,
    );

  it('asks a tenth of the users for their newest fifth, one at least', () => {
    const { users, rest } = heldOf(200, 7)!;
    expect([users.length, rest.size]).toEqual([20, 180 * 7]);
    for (const { before, asked } of users)
      expect([before.values, asked.values].map((values) => Array.from(values))).toEqual([
        [0, 1, 2, 3, 4],
        [5, 6],
      ]);
    expect(Array.from(heldOf(200, 2)!.users[0]!.asked.values)).toEqual([1]);
  });

  it('asks nobody where too few could be', () => {
    expect(heldOf(199, 2)).toBeUndefined();
    expect(heldOf(400, 1)).toBeUndefined();
  });
});
