import { SpellingIndex } from '@attune/text';
import { relax, relaxations } from './relaxations.js';
import { Synonyms } from './synonyms.js';

const spelling = new SpellingIndex();
for (const title of ['lunch box', 'lunch bag', 'spaceboy lunch box', 'paisley mug']) spelling.add(title);
const synonyms = new Synonyms([['mug', 'cup', 'drinking vessel']]);
const isWord = (word: string): boolean => word === 'launch';
const given = { spelling, synonyms, isWord };

describe('relaxations', () => {
  it('come in the stated order, each with what it took', () => {
    const query = { text: 'paisly mug zebra', intent: 'broad', synonyms: ['cup'] } as const;
    const typed = { typed: 'paisly mug zebra', intent: 'broad' };
    expect(relaxations(query, given)).toEqual([
      { relaxed: ['spelling'], query: { text: 'paisley mug zebra', ...typed } },
      { relaxed: ['spelling', 'synonyms'], query: { text: 'paisley mug zebra cup drinking vessel', ...typed } },
      { relaxed: ['spelling', 'fewer-words'], query: { text: 'paisley mug', ...typed } },
      { relaxed: ['spelling', 'fewer-words'], query: { text: 'paisley', ...typed } },
      { relaxed: ['meaning'], query: { text: 'paisly mug zebra', intent: 'broad' } },
    ]);
  });

  it('drops the most frequent word first, three times at most', () => {
    const texts = relaxations({ text: 'spaceboy lunch box bag mug' }, { ...given, synonyms: new Synonyms([]) });
    expect(texts.map(({ query }) => query.text)).toEqual([
      'spaceboy box bag mug',
      'spaceboy bag mug',
      'spaceboy bag',
      'spaceboy lunch box bag mug',
    ]);
  });

  it('mends no word of the language, whatever is near it', () => {
    expect(relaxations({ text: 'launch' }, given)).toEqual([{ relaxed: ['meaning'], query: { text: 'launch' } }]);
    expect(relaxations({ text: 'lanch' }, given)[0]).toMatchObject({ relaxed: ['spelling'], query: { text: 'lunch' } });
  });

  it('keeps the space and drops a correction to search as typed', () => {
    const steps = relaxations({ text: 'lunch', typed: 'lunhc', space: 'text-zh' }, given);
    expect(steps).toEqual([{ relaxed: ['meaning'], query: { text: 'lunhc', space: 'text-zh' } }]);
  });

  it('stops at the first that finds something, and tries nothing where the query does', async () => {
    const asked: string[] = [];
    const finds = (found: string) => (text: string) => {
      asked.push(text);
      return Promise.resolve(text === found);
    };
    const query = { text: 'paisly mug' };
    expect(await relax(query, given, finds('paisly mug'))).toEqual({ relaxed: [], query });
    expect(asked).toEqual(['paisly mug']);
    expect((await relax(query, given, finds('paisley mug'))).relaxed).toEqual(['spelling']);
    expect(await relax(query, given, finds('none'))).toEqual({ relaxed: ['meaning'], query });
    const mended = { text: 'paisley mug', typed: 'paisly mug' };
    expect((await relax(mended, given, finds('paisley mug'))).relaxed).toEqual(['spelling']);
    expect((await relax(mended, given, finds('paisley'))).relaxed).toEqual(['spelling', 'fewer-words']);
  });
});

describe('Synonyms', () => {
  it.each([
    ['blue mugs', ['cup', 'drinking vessel']],
    ['drinking vessels', ['mug', 'cup']],
    ['vessel for drinking', []],
    ['cup or mug', ['drinking vessel']],
    ['', []],
  ])('of %j are %j', (text, others) => expect(synonyms.of(text)).toEqual(others));

  it('answers at most 20', () => {
    const many = new Synonyms(Array.from({ length: 9 }, (_, i) => ['mug', `a${i}`, `b${i}`, `c${i}`]));
    expect(many.of('mug '.repeat(250))).toHaveLength(20);
  });
});
