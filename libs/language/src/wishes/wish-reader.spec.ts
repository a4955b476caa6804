import { CHINESE_SENTENCES } from './testing/chinese.sentences.js';
import { ENGLISH_QUERIES } from './testing/english-queries.sentences.js';
import { ENGLISH_TURNS } from './testing/english-turns.sentences.js';
import type { Reading, Sentence } from './testing/sentence.js';
import { CHINESE_SHOP, ENGLISH_SHOP } from './testing/shops.js';
import { WishReader } from './wish-reader.js';

const english = new WishReader(ENGLISH_SHOP);
const chinese = new WishReader(CHINESE_SHOP);

const NOTHING: Reading = {
  filter: undefined,
  rest: '',
  relative: [],
  sort: undefined,
  removed: [],
  asks: undefined,
  ordinals: [],
  foreign: [],
  unwanted: [],
};

function readingOf(reader: WishReader, mode: Sentence[0], says: string): Reading {
  const { filter, rest, relative, sort, removed, asks, ordinals, foreign, unwanted } = reader.read(says, { mode });
  return {
    filter,
    rest,
    relative: relative.map(({ kind }) => kind),
    sort,
    removed,
    asks,
    ordinals,
    foreign: foreign.map((price) => price.currency),
    unwanted,
  };
}

describe('what shoppers say', () => {
  it.each(ENGLISH_QUERIES)('as a %s: %s', (mode, says, means) => {
    expect(readingOf(english, mode, says)).toEqual({ ...NOTHING, ...means });
  });

  it.each(ENGLISH_TURNS)('in a %s: %s', (mode, says, means) => {
    expect(readingOf(english, mode, says)).toEqual({ ...NOTHING, ...means });
  });

  it.each(CHINESE_SENTENCES)('in Chinese, as a %s: %s', (mode, says, means) => {
    expect(readingOf(chinese, mode, says)).toEqual({ ...NOTHING, ...means });
  });
});
