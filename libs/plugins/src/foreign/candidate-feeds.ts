import { valuesAt, type Candidates, type ItemVectorsPort, type Vocabulary } from '@attune/sdk';
import type { ForeignFeed } from './feed.schema.js';
import { numberOf, placeOf } from './request-feeds.js';

export interface CandidateFeeding {
  readonly vocabulary: Vocabulary;
  readonly firstRow: number;
  readonly itemVectors: ItemVectorsPort;
}

/** Numbers of candidates `[size × width]`; NaN where the model cannot know a candidate. */
export interface CandidateValues {
  readonly width: number;
  readonly data: ArrayLike<number>;
}

/** What a feed says of each candidate of a batch. */
export async function candidateValues(
  feed: ForeignFeed,
  candidates: Candidates<'items'>,
  { vocabulary, firstRow, itemVectors }: CandidateFeeding,
): Promise<CandidateValues> {
  switch (feed.feed) {
    case 'candidate-item':
      return {
        width: 1,
        data: Float64Array.from(candidates.rows(vocabulary), (row) => (row < 0 ? NaN : row + firstRow)),
      };
    case 'number':
      return { width: 1, data: candidates.items.map((item) => numberOf(feed, valuesAt(item, feed.path))) };
    case 'category':
      return { width: 1, data: candidates.items.map((item) => placeOf(feed, valuesAt(item, feed.path))) };
    case 'item-vector': {
      const { dims, data } = await itemVectors.gather(feed.space, candidates.ids);
      return { width: dims, data };
    }
    default:
      throw new RangeError(`${feed.feed} is of a request`);
  }
}
