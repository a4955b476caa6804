import { namedBy } from './follow-change.js';

describe('namedBy', () => {
  it.each([
    [{ title: 'x' }, 'attributes.color', false],
    [{ attributes: { color: null } }, 'attributes.color', true],
    [{ attributes: { color: 'red' } }, 'attributes.size', false],
    [{ attributes: null }, 'attributes.size', true],
    [{ attributes: [] }, 'attributes.size', true],
    [{ attributes: { 'width.cm': 1 } }, 'attributes.width.cm', true],
    [{ language: null }, 'language', true],
    [{}, 'language', false],
    [{}, 'attributes.constructor', false],
  ])('of %j: %s is %s', (patch, path, expected) => expect(namedBy(patch)(path)).toBe(expected));
});
