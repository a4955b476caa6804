import { item } from '../testing/scratch-stores.js';
import { spaceOfItem, spaceOfLanguage } from './language-space.js';

const embedders = [
  { id: 'text', model: 'a', languages: ['en'] },
  { id: 'text-zh', model: 'b', languages: ['zh'] },
];

describe('the space of a language', () => {
  it.each([
    ['en', 'text'],
    ['zh', 'text-zh'],
    ['fr', 'text'],
    [undefined, 'text'],
  ])('%s is read in %s', (language, space) => expect(spaceOfLanguage(language, embedders)).toBe(space));

  it('is the main one where no embedder names languages', () => {
    expect(spaceOfLanguage('zh', [{ id: 'text', model: 'a', languages: [] }])).toBe('text');
  });

  it('of an item follows what it says of itself, else its title', () => {
    const said = (title: string, language: string): string => spaceOfItem({ ...item('i', title), language }, embedders);
    expect(spaceOfItem(item('i', '不锈钢保温杯'), embedders)).toBe('text-zh');
    expect(spaceOfItem(item('i', 'Steel flask'), embedders)).toBe('text');
    expect(said('Steel flask', 'zh-Hans-CN')).toBe('text-zh');
    expect(said('不锈钢保温杯', 'EN')).toBe('text');
    expect(said('不锈钢保温杯', '')).toBe('text-zh');
  });
});
