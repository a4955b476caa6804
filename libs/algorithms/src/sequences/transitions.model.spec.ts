import { StoppedError } from '@attune/numeric';
import { sequencesOf } from '../data/sequences.js';
import { fitTransitions, transitionInterests, type TransitionOptions } from './transitions.model.js';

const lists = [[0, 1, 2, 3], [1, 0, 2], [2, 3, 3, 1], [4], []];
const sequences = sequencesOf(lists, 6);

/** The definition, dense. */
function reference({ window = 10, fade = 1, backward = 0, popularityPower = 0.3, shrinkage = 5 }: TransitionOptions) {
  const m = Array.from({ length: 6 }, () => Array<number>(6).fill(0));
  const popularity = Array<number>(6).fill(0);
  for (const list of lists) {
    for (const [p, item] of list.entries()) {
      popularity[item]! += 1;
      for (let q = p + 1; q < list.length && q - p <= window; q++) {
        m[item]![list[q]!]! += (q - p) ** -fade;
        m[list[q]!]![item]! += backward * (q - p) ** -fade;
      }
    }
  }
  return m.map((row) => {
    const damped = row.map((value, j) => value / (popularity[j]! + 1) ** popularityPower);
    const total = damped.reduce((sum, value) => sum + value, shrinkage);
    return damped.map((value) => value / total);
  });
}

describe('transitions', () => {
  it.each<TransitionOptions>([
    {},
    { window: 1, shrinkage: 0.5 },
    { window: 2, fade: 0.5, backward: 0.5, popularityPower: 0 },
    { fade: 0, backward: 2, popularityPower: 1, shrinkage: 1 },
  ])('are as defined with %j', (options) => {
    const { followers } = fitTransitions(sequences, options);
    const expected = reference(options);
    for (let item = 0; item < 6; item++) {
      const row = Array<number>(6).fill(0);
      followers.row(item).indices.forEach((j, k) => (row[j] = followers.row(item).values[k]!));
      row.forEach((value, j) => expect(value).toBeCloseTo(expected[item]![j]!, 6));
    }
  });

  it('keep the best of each item', () => {
    const { followers } = fitTransitions(sequences, { neighbors: 1, popularityPower: 0 });
    // After item 0: 2 once at distance 2 and once at 1, 1 once at 1, 3 once at 3.
    expect([...followers.row(0).indices]).toEqual([2]);
    expect(followers.row(0).values[0]).toBeCloseTo(1.5 / (1.5 + 1 + 1 / 3 + 5), 6);
  });

  it('follow the newest items of a history', () => {
    const model = fitTransitions(sequences);
    const m = reference({});
    const interests = transitionInterests(
      model,
      { rows: [3, 0, -1, 2], weights: [1, 2, 1, 1] },
      { last: 3, decay: 0.5 },
    );
    for (let j = 0; j < 6; j++) expect(interests[j]).toBeCloseTo(m[2]![j]! + 2 * 0.25 * m[0]![j]!, 6);
    expect([...transitionInterests(model, { rows: [] })]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('report, stop and refuse bad options', () => {
    const seen: number[] = [];
    fitTransitions(sequences, { progress: (done) => seen.push(done) });
    expect(seen).toEqual([0, 6]);
    expect(() => fitTransitions(sequences, { shouldStop: () => true })).toThrow(StoppedError);
    expect(() => fitTransitions(sequences, { window: 0 })).toThrow(new RangeError('window must be >= 1, got 0'));
    expect(() => fitTransitions(sequences, { backward: -1 })).toThrow('backward must be >= 0, got -1');
    expect(() => fitTransitions(sequences, { shrinkage: NaN })).toThrow('shrinkage must be >= 0, got NaN');
    expect(fitTransitions(sequencesOf([], 2)).followers.entries).toBe(0);
  });
});
