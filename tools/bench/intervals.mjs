// Bootstrap intervals, seeded: the same values give the same interval.

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** 95 % interval of the mean. */
export const meanInterval = (values) => interval(values.length, (drawn) => mean(drawn.map((i) => values[i])));

/** 95 % interval of mean(of) / mean(to) over pairs. */
export const ratioInterval = (of, to) =>
  interval(of.length, (drawn) => drawn.reduce((sum, i) => sum + of[i], 0) / drawn.reduce((sum, i) => sum + to[i], 0));

/** 2,000 resamples with replacement. */
function interval(size, statistic) {
  let state = 42;
  const random = () => (state = (state * 1664525 + 1013904223) >>> 0) / 4294967296;
  const draw = () => statistic(Array.from({ length: size }, () => Math.floor(random() * size)));
  const drawn = Array.from({ length: 2000 }, draw).sort((a, b) => a - b);
  return [drawn[50], drawn[1949]];
}
