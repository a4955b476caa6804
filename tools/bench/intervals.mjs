// Bootstrap intervals, seeded: the same values give the same interval.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './gateway.mjs';

const { meanOf: mean, uniform } = createRequire(import.meta.url)(join(ROOT, 'libs', 'evaluation', 'dist'));

export { mean };

/** 95 % interval of the mean. */
export const meanInterval = (values) => interval(values.length, (drawn) => mean(drawn.map((i) => values[i])));

/** 95 % interval of mean(of) / mean(to) over pairs. */
export const ratioInterval = (of, to) =>
  interval(of.length, (drawn) => drawn.reduce((sum, i) => sum + of[i], 0) / drawn.reduce((sum, i) => sum + to[i], 0));

/** 2,000 resamples with replacement. */
function interval(size, statistic) {
  const random = uniform(42);
  const draw = () => statistic(Array.from({ length: size }, () => Math.floor(random() * size)));
  const drawn = Array.from({ length: 2000 }, draw).sort((a, b) => a - b);
  return [drawn[50], drawn[1949]];
}
