import { tagged } from './injection.js';
import { INJECTIONS } from './injections.js';

const counted = (values: readonly string[]): ReadonlyMap<string, number> =>
  values.reduce((counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1), new Map<string, number>());

describe('INJECTIONS', () => {
  it('are at least 60 texts, each with a name of its own', () => {
    expect(INJECTIONS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(INJECTIONS.map(({ name }) => name)).size).toBe(INJECTIONS.length);
    expect(new Set(INJECTIONS.map(({ text }) => text)).size).toBe(INJECTIONS.length);
  });

  it('stand at every place, after every goal, at least five each, ten in Chinese', () => {
    const places = counted(INJECTIONS.map(({ place }) => place));
    const goals = counted(INJECTIONS.map(({ goal }) => goal));
    expect([places.size, goals.size]).toEqual([7, 6]);
    expect(Math.min(...places.values(), ...goals.values())).toBeGreaterThanOrEqual(5);
    expect(INJECTIONS.filter(({ text }) => /\p{Script=Han}{4}/u.test(text)).length).toBeGreaterThanOrEqual(10);
  });

  it('fit where they stand: titles, queries and messages of a shop have limits', () => {
    const most = {
      title: 1_000,
      query: 1_000,
      message: 2_000,
      interest: 300,
      attribute: 60,
      description: 20_000,
      review: 20_000,
    };
    for (const { name, place, text } of INJECTIONS)
      expect([name, text.length <= most[place], text.trim() !== '']).toEqual([name, true, true]);
  });

  it('hide in characters that no screen shows', () => {
    expect(tagged('a')).toBe('\u{e0061}');
    expect(INJECTIONS.filter(({ text }) => /[\u{e0000}-\u{e007f}]|\u200b|\u202e/u.test(text)).length).toBeGreaterThan(
      3,
    );
  });
});
