import { documentText, indexedFields } from './item-text.js';

const lamp = {
  title: 'Reading lamp',
  brand: 'Lumo',
  categories: ['Home', 'Lighting'],
  tags: ['warm'],
  description: 'Bends &amp; dims.',
  reviews: 'Bright.',
  attributes: { color: 'red', watts: 40, fits: ['desk', 'shelf'] },
};

it('weighs the words of each field, numbers left out', () => {
  const fields = indexedFields(lamp).map(({ tokens, boost }) => [boost, ...tokens]);
  expect(fields).toEqual([
    [3, 'read', 'lamp'],
    [2, 'lumo'],
    [2, 'home', 'light'],
    [2, 'warm'],
    [1, 'red', 'desk', 'shelf'],
    [1, 'bend', 'amp', 'dim'],
  ]);
});

it('joins what is embedded, title first; attributes are for words and filters', () => {
  expect(documentText(lamp)).toBe('Reading lamp. Lumo. Home, Lighting. warm. Bends & dims.. Bright.');
  expect(documentText({ title: 'Lamp', description: '' })).toBe('Lamp');
});
