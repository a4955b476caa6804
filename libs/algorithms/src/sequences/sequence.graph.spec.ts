import { gradientError } from '@attune/training';
import { bert4RecLayout } from './bert4rec.model.js';
import { sasRecLayout } from './sasrec.model.js';
import { sequenceLoss } from './sequence.graph.js';
import type { SequenceLayout } from './sequence.layout.js';
import { xlnet4RecLayout } from './xlnet4rec.model.js';
import { seeded } from '../testing/seeded.js';

/** The error of the gradient for a small model of a kind that learns from two windows. */
function errorOf(layout: SequenceLayout, options: { negatives: number; dropout: number }): number {
  const [itemCount, window] = [4, 4];
  const shape = { rows: itemCount + layout.tokens, positions: window, dims: 4, heads: 2, blocks: 1, feedForward: 1 };
  const loss = sequenceLoss(shape, layout.lessonMask(window), { seed: 1, ...options });
  const random = seeded(3);
  const lesson = layout.lesson([Int32Array.of(0, 1, 2, 3), Int32Array.of(3, 1)], { itemCount, window }, random);
  const { feeds, rows, targets } = lesson;
  const more = { weight: Float32Array.of(1 / rows.length), negatives: Int32Array.of(1, 3, 0) };
  const parameters = loss.graph.start(random).map((v) => 3 * v + (random() - 0.5));
  return gradientError(loss, { ...feeds, ...more, rows, targets }, parameters);
}

describe('sequenceLoss', () => {
  it.each<[string, SequenceLayout, { negatives: number; dropout: number }]>([
    ['SASRec, over all items', sasRecLayout, { negatives: 0, dropout: 0 }],
    ['SASRec, over a sample, with dropout', sasRecLayout, { negatives: 3, dropout: 0.3 }],
    ['BERT4Rec', bert4RecLayout, { negatives: 0, dropout: 0 }],
    ['XLNet4Rec', xlnet4RecLayout, { negatives: 0, dropout: 0 }],
  ])('has the gradient that differences show: %s', (_, layout, options) => {
    expect(errorOf(layout, options)).toBeLessThan(1e-6);
  });
});
