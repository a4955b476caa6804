import { buildWorld, fakeRun, trainingDataOf } from '@attune/testkit';
import type { TrainingData } from '@attune/sdk';
import { walkers } from '../testing/crowd.plans.js';
import { holdOutUsers } from './held-out-users.js';

const { random } = fakeRun();
/** One user's items, named by letters, in the order of the log; capitals are looks. */
function logOf(users: readonly string[]): TrainingData {
  const events = users.flatMap((letters, user) => [...letters].map((letter, k) => ({ user, letter, at: k })));
  const itemIds = [...new Set(events.map(({ letter }) => letter.toLowerCase()))];
  return {
    size: events.length,
    users: Int32Array.from(events, ({ user }) => user),
    items: Int32Array.from(events, ({ letter }) => itemIds.indexOf(letter.toLowerCase())),
    types: Uint8Array.from(events, ({ letter }) => (letter === letter.toUpperCase() ? 1 : 0)),
    at: Float64Array.from(events, ({ at }) => at),
    values: new Float32Array(events.length).fill(NaN),
    userIds: users.map((_, user) => `u${user}`),
    itemIds,
    typeNames: ['purchase', 'view'],
  };
}
const asked = (letters: string): readonly string[] => {
  const data = logOf(Array.from({ length: 200 }, () => letters));
  const name = (item: number): string => data.itemIds[item]!;
  return [
    ...new Set(
      holdOutUsers(data, ['purchase'], random)!.users.map(
        ({ history, next }) => `${history.map(name).join('')}>${name(next)}`,
      ),
    ),
  ];
};

describe('holdOutUsers', () => {
  it('asks for the item taken up last for the first time, from what was before, most recent first', () => {
    expect(asked('abc')).toEqual(['ba>c']);
    expect(asked('abaca')).toEqual(['ab>c']);
    expect(asked('abba')).toEqual(['a>b']);
    expect(asked('abDc')).toEqual(['ba>c']);
  });

  it('asks a tenth, at most 500, of those who have two items', () => {
    const able = (count: number): readonly string[] => Array.from({ length: count }, () => 'ab');
    const unable = Array.from({ length: 50 }, () => ['a', 'aa', 'aB', '']).flat();
    const count = (users: readonly string[]): number | undefined =>
      holdOutUsers(logOf([...unable, ...users]), ['purchase'], random)?.users.length;
    expect(count(able(199))).toBeUndefined();
    expect(count(able(200))).toBe(20);
    expect(count(able(6_000))).toBe(500);
  });

  it('leaves their events out of the rest, and nothing else', () => {
    const data = trainingDataOf(buildWorld(walkers()));
    const { users, rest } = holdOutUsers(data, ['purchase'], fakeRun().random)!;
    expect(rest.size).toBe(data.size - users.length * 6);
    const left = new Set(rest.users);
    expect(left.size).toBe(data.userIds.length - users.length);
    const kept = [...data.users.keys()].filter((e) => left.has(data.users[e]!));
    expect([...rest.at]).toEqual(kept.map((e) => data.at[e]!));
    expect([...rest.items]).toEqual(kept.map((e) => data.items[e]!));
  });

  it('follows chance', () => {
    const data = trainingDataOf(buildWorld(walkers()));
    const chosen = (seed: string): readonly number[] => [
      ...new Set(holdOutUsers(data, ['purchase'], fakeRun({ seed }).random)!.rest.users),
    ];
    expect(chosen('a')).toEqual(chosen('a'));
    expect(chosen('b')).not.toEqual(chosen('a'));
  });
});
