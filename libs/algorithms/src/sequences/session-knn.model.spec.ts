import { sequencesOf } from '../data/sequences.js';
import { fitSessionKnn, sessionKnnInterests } from './session-knn.model.js';

const sessions = sequencesOf([[0, 1, 2], [3, 0, 4, 0, 5], [], [1, 4]], 7);

describe('session-kNN', () => {
  it('knows where each item was met last, and how rare it is', () => {
    const { places, idf } = fitSessionKnn(sessions);
    expect([...places.row(0).indices]).toEqual([0, 1]);
    expect([...places.row(0).values]).toEqual([1, 4]);
    expect([...places.row(4).values]).toEqual([3, 2]);
    expect(idf[0]).toBeCloseTo(Math.log(4 / 2), 6);
    expect(idf[5]).toBeCloseTo(Math.log(4), 6);
    expect(idf[6]).toBe(0);
  });

  it('sums what similar sessions hold, by distance from what is in common', () => {
    const model = fitSessionKnn(sessions);
    const history = { rows: [6, 1, 0, 99] };
    // Weights: item 0 counts 0.5, item 1 0.25. Session 0: .75, session 1: .5, session 3: .25.
    const interests = sessionKnnInterests(model, history, { decay: 0.5, reach: 0.8, backward: 0.5, idfPower: 0 });
    const expected = [0.75 + 0.5 + 0.5 * 0.5 * 0.8 ** 2, 0.75 * 0.8 + 0.25, 0.75 * 0.8 ** 2, 0, 0, 0, 0];
    expected[3] = 0.5 * 0.5 * 0.8 ** 3;
    expected[4] = 0.5 * 0.5 * 0.8 + 0.25 * 0.8;
    expected[5] = 0.5 * 0.8;
    expected.forEach((value, item) => expect(interests[item]).toBeCloseTo(value, 6));
  });

  it('hears the nearest sessions of the newest, and prefers what is rare', () => {
    const model = fitSessionKnn(sessions);
    const nearest = sessionKnnInterests(model, { rows: [1, 0] }, { neighbors: 1, idfPower: 0 });
    expect([...nearest.keys()].filter((item) => nearest[item]! > 0)).toEqual([0, 1, 2]);
    const newest = sessionKnnInterests(model, { rows: [0] }, { sample: 1, idfPower: 0 });
    expect([...newest.keys()].filter((item) => newest[item]! > 0)).toEqual([0, 3, 4, 5]);
    const plain = sessionKnnInterests(model, { rows: [0] }, { idfPower: 0 });
    const rare = sessionKnnInterests(model, { rows: [0] }, { idfPower: 1 });
    for (let item = 0; item < 7; item++) expect(rare[item]).toBeCloseTo(plain[item]! * model.idf[item]!, 6);
  });

  it('has no interests without what it knows, and refuses bad options', () => {
    const model = fitSessionKnn(sessions);
    expect([...sessionKnnInterests(model, { rows: [-1, 6, 70] })]).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect([...sessionKnnInterests(fitSessionKnn(sequencesOf([], 1)), { rows: [0] })]).toEqual([0]);
    const ask = (options: object) => () => sessionKnnInterests(model, { rows: [0] }, options);
    expect(ask({ sample: 0 })).toThrow(new RangeError('sample must be >= 1, got 0'));
    expect(ask({ neighbors: 1.5 })).toThrow('neighbors must be >= 1, got 1.5');
    expect(ask({ backward: -1 })).toThrow('backward must be >= 0, got -1');
    expect(ask({ reach: 0 })).toThrow('reach must lie above 0 and at most at 1, got 0');
  });
});
