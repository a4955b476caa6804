import { defineEmbedder } from '@attune/sdk';
import { CHECKS } from '../contract/check-names.js';
import { hashedWords, WORD_DIMS } from '../worlds/hashed-words.js';
import { prove } from './prove.js';

type Bug =
  | 'unit length forgotten'
  | 'NaN for an empty text'
  | 'pads with its neighbors'
  | 'centers on the batch'
  | 'one row too few'
  | 'another width than its space'
  | 'a row for nothing'
  | 'crashes on a huge text'
  | 'space drifts with each setup'
  | 'answers after warmup only';

/** Hashed words, unit length. */
function words(bug?: Bug) {
  let setups = 0;
  return defineEmbedder({
    id: 'words',
    version: '1.0.0',
    setup: () => {
      setups += 1;
      let warmed = 0;
      return {
        space: {
          id: bug === 'space drifts with each setup' ? `words-${setups}` : 'words',
          dims: WORD_DIMS,
          metric: 'cosine' as const,
        },
        warmup: () => void warmed++,
        embed(inputs) {
          const dims = bug === 'another width than its space' ? WORD_DIMS / 2 : WORD_DIMS;
          const rows = Math.max(
            bug === 'a row for nothing' ? 1 : 0,
            inputs.length - (bug === 'one row too few' ? 1 : 0),
          );
          const data = new Float32Array(rows * dims);
          const longest = inputs.reduce((most, { value }) => Math.max(most, value.length), 0);
          inputs.slice(0, rows).forEach(({ value }, row) => {
            if (bug === 'crashes on a huge text' && value.length > 50_000) throw new RangeError('text too long');
            const padded =
              bug === 'pads with its neighbors'
                ? `${value}${' pad'.repeat(Math.min(3, longest - value.length))}`
                : value;
            const vector = hashedWords(bug === 'answers after warmup only' && warmed > 0 ? `warm ${value}` : padded);
            if (bug === 'unit length forgotten') vector.forEach((x, d) => (vector[d] = x * 2));
            if (bug === 'centers on the batch' && row === 1) vector.reverse();
            if (bug === 'NaN for an empty text' && value === '') vector.fill(NaN);
            data.set(vector.subarray(0, dims), row * dims);
          });
          if (bug === 'a row for nothing' && inputs.length === 0) data[0] = 1;
          return { rows, dims, data };
        },
      };
    },
  });
}

const { all, embedder } = CHECKS;

prove(words, [
  { bug: 'unit length forgotten', caughtBy: embedder.unit, also: [embedder.hostile] },
  { bug: 'NaN for an empty text', caughtBy: embedder.hostile },
  { bug: 'pads with its neighbors', caughtBy: embedder.alone },
  { bug: 'centers on the batch', caughtBy: embedder.alone },
  { bug: 'one row too few', caughtBy: embedder.shape, also: [embedder.alone, embedder.hostile] },
  { bug: 'another width than its space', caughtBy: embedder.shape, also: [embedder.unit, embedder.hostile] },
  { bug: 'a row for nothing', caughtBy: embedder.empty },
  { bug: 'crashes on a huge text', caughtBy: embedder.hostile },
  { bug: 'space drifts with each setup', caughtBy: embedder.space },
  { bug: 'answers after warmup only', caughtBy: all.warm },
]);
