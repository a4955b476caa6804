import { canBeGrammar } from './json-grammar.js';

describe('canBeGrammar', () => {
  it.each<[string, object]>([
    [
      'objects with required keys',
      { type: 'object', properties: { a: { type: 'integer', minimum: 0 } }, required: ['a'] },
    ],
    ['lists of limited length', { type: 'array', items: { type: 'string', maxLength: 20 }, minItems: 1, maxItems: 5 }],
    ['enumerated values', { enum: ['a', 'b'] }],
    ['alternatives', { oneOf: [{ type: 'null' }, { type: 'object', additionalProperties: { type: 'number' } }] }],
    ['several simple types', { type: ['string', 'null'] }],
  ])('takes %s', (_, schema) => expect(canBeGrammar(schema)).toBe(true));

  it.each<[string, unknown]>([
    ['anyOf', { anyOf: [{ type: 'string' }, { type: 'null' }] }],
    ['a part that says nothing', { type: 'object', properties: { a: {} } }],
    ['an unknown type', { type: 'array', items: { type: 'date' } }],
    ['compound types among several', { type: ['object', 'null'] }],
    ['references', { $ref: '#/$defs/a', $defs: { a: { type: 'string' } } }],
    ['a boolean for a schema', { type: 'array', items: true }],
    ['properties that are none', { type: 'object', properties: [] }],
    ['counts that make a huge grammar', { type: 'string', maxLength: 1e9 }],
    ['counts that are none', { type: 'string', maxLength: 'many' }],
    [
      'more depth than a prompt needs',
      Array.from({ length: 40 }).reduce((items) => ({ type: 'array', items }), { type: 'string' }),
    ],
  ])('leaves %s to the grammar of all JSON', (_, schema) => expect(canBeGrammar(schema)).toBe(false));
});
