const { appendFileSync } = require('node:fs');
const { defineEmbedder } = require('@attune/sdk');
const { z } = require('zod');

const DIMS = 16;
const NUMBERS = 256;

/** `ATTUNE_E2E_STUCK`, such as `10 300`: the one with that divisor answers for so many texts, then never more. */
const [STUCK, STUCK_AFTER] = (process.env.ATTUNE_E2E_STUCK ?? '').split(' ').map(Number);
let answered = 0;

/**
 * Texts are near each other where they end in the same number, divided by `divisor` and rounded down. It fails for a text
 * with the word `poison`, and writes a line into the file `ATTUNE_E2E_POISONED` each time.
 */
exports.numberEmbedder = defineEmbedder({
  id: 'numbers',
  version: '1.0.0',
  config: z.strictObject({ divisor: z.int().default(1) }),
  setup: ({ divisor }) => ({
    space: { id: 'text', dims: DIMS, metric: 'cosine' },
    async embed(inputs) {
      if (divisor === STUCK && (answered += inputs.length) > STUCK_AFTER) await new Promise(() => {});
      if (inputs.some(({ value }) => value.includes('poison'))) {
        appendFileSync(process.env.ATTUNE_E2E_POISONED, `${inputs.length}\n`);
        throw new Error('the model cannot read this');
      }
      const data = new Float32Array(inputs.length * DIMS);
      inputs.forEach(({ value }, row) => {
        const number = Math.floor(Number(/\d*$/.exec(value)[0]) / divisor);
        data.set(directionOf(number % NUMBERS), row * DIMS);
      });
      return { rows: inputs.length, dims: DIMS, data };
    },
  }),
});

/** Another direction for each number: a graph of neighbors finds its way among them, which it does not where all are equally far. */
function directionOf(number) {
  const vector = Float32Array.from({ length: DIMS }, (_, d) => Math.sin(43_758 * Math.sin(number * DIMS + d + 1)));
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
