import { referenceRuntime } from '@attune/training';
import { sequencesOf } from '../data/sequences.js';
import { bert4RecInterests, bert4RecLayout, fitBert4Rec } from './bert4rec.model.js';
import { fitXlnet4Rec, xlnet4RecInterests, xlnet4RecLayout } from './xlnet4rec.model.js';
import { seeded } from '../testing/seeded.js';

const ITEMS = 7;
/** After each item comes the next one, all around. */
const walks = Array.from({ length: 30 }, (_, u) => Array.from({ length: 2 + (u % 5) }, (_, t) => (3 * u + t) % ITEMS));
const world = sequencesOf(walks, ITEMS);
const options = { window: 5, dims: 8, blocks: 1, batch: 8, dropout: 0, rate: 0.02, warmup: 5, epochs: 40 };
const best = (interests: Float32Array): number => interests.indexOf(Math.max(...interests));

describe.each([
  ['BERT4Rec', fitBert4Rec, bert4RecInterests],
  ['XLNet4Rec', fitXlnet4Rec, xlnet4RecInterests],
])('%s', (_, fit, interests) => {
  it('learns what follows the last item, whatever else is in the history', async () => {
    const model = await fit(world, { ...options, random: seeded(5) }, referenceRuntime);
    const histories = [[0, 1, 2], [5, 6], [4], [6, 0, 4, 5, 6, 0], [4, 5, 6, 0], []];
    const found = await interests(
      model,
      histories.map((rows) => ({ rows })),
      referenceRuntime,
    );
    expect(found.slice(0, 5).map(best)).toEqual([3, 0, 5, 1, 1]);
    expect(found[4]).toEqual(found[3]);
    expect(found[5]).toEqual(new Float32Array(ITEMS));
    expect(model.shape.rows).toBe(ITEMS + 1);
  });

  it('refuses a window without place for an item and a question', async () => {
    const refused = fit(world, { ...options, window: 1, random: seeded(5) }, referenceRuntime);
    await expect(refused).rejects.toThrow('a window of 1 has no place for an item and its next');
  });
});

const TOKEN = 9;
const asRows = (flat: Float32Array, width: number): string[] =>
  Array.from({ length: flat.length / width }, (_, i) =>
    [...flat.subarray(i * width, (i + 1) * width)].map((v) => (v === 0 ? 'o' : '.')).join(''),
  );

describe('bert4RecLayout', () => {
  const windows = [Int32Array.of(4, 5, 6), Int32Array.of(7, 8)];

  it('hides the last item and those that chance hides, and asks for them', () => {
    const draws = [0.5, 0.1, 0.5];
    const lesson = bert4RecLayout.lesson(windows, { itemCount: TOKEN, window: 4 }, () => draws.shift()!);
    expect([...(lesson.feeds['items'] as Int32Array)]).toEqual([4, TOKEN, TOKEN, 0, 7, TOKEN, 0, 0]);
    expect([...(lesson.feeds['positions'] as Int32Array)]).toEqual([1, 2, 3, 0, 2, 3, 0, 0]);
    expect(asRows(lesson.feeds['mask'] as Float32Array, 4)).toEqual(['ooo.', 'oo..']);
    expect([...lesson.rows]).toEqual([1, 2, 5]);
    expect([...lesson.targets]).toEqual([5, 6, 8]);
    expect(draws).toEqual([]);
  });
});

describe('xlnet4RecLayout', () => {
  it('lets each question see what is known and what was told before', () => {
    const draws = [0.3, 0.1];
    const items = Int32Array.of(4, 5, 6, 7, 8);
    // Two of five items are asked for: the last, and by the first draw item 1; the second draw puts item 1 first.
    const lesson = xlnet4RecLayout.lesson([items], { itemCount: TOKEN, window: 5 }, () => draws.shift()!);
    expect([...(lesson.feeds['items'] as Int32Array)]).toEqual([4, 5, 6, 7, 8, TOKEN, TOKEN]);
    expect([...(lesson.feeds['positions'] as Int32Array)]).toEqual([0, 1, 2, 3, 4, 1, 4]);
    expect([...lesson.rows]).toEqual([5, 6]);
    expect([...lesson.targets]).toEqual([5, 8]);
    expect(asRows(lesson.feeds['mask'] as Float32Array, 7)).toEqual([
      'o.oo...',
      'oooo...',
      'o.oo...',
      'o.oo...',
      'ooooo..',
      'o.oo.o.',
      'oooo..o',
    ]);
  });

  it('asks after a history that does not see the question', () => {
    const question = xlnet4RecLayout.question([[4, 5]], { itemCount: TOKEN, window: 4 });
    expect([...(question['items'] as Int32Array)]).toEqual([4, 5, TOKEN, 0]);
    expect([...(question['positions'] as Int32Array)]).toEqual([1, 2, 3, 0]);
    expect(asRows(question['mask'] as Float32Array, 4)).toEqual(['oo..', 'oo..', 'ooo.', '....']);
    expect([...(question['rows'] as Int32Array)]).toEqual([2]);
  });
});
