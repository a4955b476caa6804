import { logRates, shareOf } from './log.metrics.js';

describe('shareOf', () => {
  // Values of Newcombe 1998, table I, and of R's prop.test without correction.
  it.each([
    [81, 263, 0.308, 0.2553, 0.3662],
    [15, 148, 0.1014, 0.0624, 0.1605],
    [0, 20, 0, 0, 0.1611],
    [1, 29, 0.0345, 0.0061, 0.1718],
    [29, 29, 1, 0.883, 1],
    [0, 0, 0, 0, 1],
  ])('%d of %d', (hits, trials, ...expected) => {
    const [value, low, high] = expected;
    const share = shareOf(hits, trials);
    expect(share.value).toBeCloseTo(value, 4);
    expect(share.low).toBeCloseTo(low, 4);
    expect(share.high).toBeCloseTo(high, 4);
  });
});

it('counts what came of a log of impressions', () => {
  const rows = [
    { clicked: true, purchased: true },
    { clicked: true, purchased: false },
    { clicked: false, purchased: false },
    { clicked: false, purchased: false },
  ];
  expect(logRates(rows.values())).toEqual({
    impressions: 4,
    clicks: 2,
    purchases: 1,
    ctr: shareOf(2, 4),
    conversionRate: shareOf(1, 4),
  });
  expect(logRates([]).ctr).toEqual({ value: 0, low: 0, high: 1 });
});
