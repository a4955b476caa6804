import { recentHistory } from './recency.kernel.js';

describe('recentHistory', () => {
  it('keeps the newest items, each weighing less than the next', () => {
    const recent = recentHistory({ rows: [1, 2, 3, 4], weights: [9, 1, 2, 3] }, { last: 3, decay: 0.5 });
    expect(recent).toEqual({ rows: [2, 3, 4], weights: [0.25, 1, 3] });
    expect(recentHistory({ rows: [7] })).toEqual({ rows: [7], weights: [1] });
    expect(recentHistory({ rows: [] })).toEqual({ rows: [], weights: [] });
  });

  it('refuses bad options', () => {
    expect(() => recentHistory({ rows: [] }, { last: 0 })).toThrow(new RangeError('last must be >= 1, got 0'));
    expect(() => recentHistory({ rows: [] }, { decay: 1.1 })).toThrow(
      'decay must lie above 0 and at most at 1, got 1.1',
    );
  });
});
