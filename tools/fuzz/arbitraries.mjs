// Values that fit a JSON Schema, as fast-check arbitraries. Members whose names mean something to a shop are mostly
// drawn from what the shop has, so that requests reach further than a 404.
import { createRequire } from 'node:module';

const fc = createRequire(import.meta.url)('fast-check');
const MAX_DEPTH = 5;
const MAX_ITEMS = 4;

/** `known`: arbitraries by the name of a member. */
export class SchemaValues {
  #document;
  #known;

  constructor(document, known) {
    this.#document = document;
    this.#known = known;
  }

  /** Values that fit the schema. */
  of(schema, depth = 0) {
    const is = this.#document.resolve(schema);
    if (depth > MAX_DEPTH) return smallest(is);
    if ('const' in is) return fc.constant(is.const);
    if (is.enum) return fc.constantFrom(...is.enum);
    const branches = is.anyOf ?? is.oneOf;
    // The first branch is the plain one.
    if (branches) {
      const weighted = branches.map((branch, i) => ({ weight: i === 0 ? 4 : 1, arbitrary: this.of(branch, depth) }));
      return fc.oneof(...weighted);
    }
    if (is.type === 'object') return this.#object(is, depth + 1);
    if (is.type === 'array') {
      const { items = {}, minItems = 0, maxItems = 100 } = is;
      return fc.array(this.of(items, depth + 1), {
        minLength: minItems,
        maxLength: Math.min(maxItems, Math.max(minItems, MAX_ITEMS)),
      });
    }
    if (is.type === 'string') return is.contentSchema ? this.#lines(is.contentSchema) : strings(is);
    return scalars(is);
  }

  /** Values of a member called `name`. */
  member(name, schema, depth) {
    const fitting = this.of(schema, depth);
    const known = this.#known[name];
    const { type } = this.#document.resolve(schema);
    if (known === undefined || ['integer', 'number', 'boolean'].includes(type)) return fitting;
    if (type === 'array')
      return fc.oneof(
        { weight: 4, arbitrary: fc.array(known, { minLength: 1, maxLength: MAX_ITEMS }) },
        { weight: 1, arbitrary: fitting },
      );
    return fc.oneof({ weight: 5, arbitrary: known }, { weight: 1, arbitrary: fitting });
  }

  #object({ properties = {}, required = [], additionalProperties, propertyNames }, depth) {
    const members = Object.entries(properties).map(([name, schema]) => [name, this.member(name, schema, depth)]);
    const named = fc.record(Object.fromEntries(members), {
      requiredKeys: required.filter((name) => name in properties),
    });
    if (typeof additionalProperties !== 'object') return named;
    const names =
      propertyNames === undefined ? fc.string({ maxLength: 8 }) : this.of({ type: 'string', ...propertyNames });
    const free = fc.dictionary(names, this.of(additionalProperties, depth), { maxKeys: 3 });
    return fc.tuple(free, named).map(([others, own]) => ({ ...others, ...own }));
  }

  #lines(schema) {
    return fc
      .array(this.of(schema), { minLength: 1, maxLength: 5 })
      .map((rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
}

/** Something that fits and goes no deeper. */
function smallest({ type, anyOf, oneOf, minLength = 0, minItems = 0 }) {
  if (type === 'array') return fc.constant(Array(minItems).fill({}));
  if (type === 'object') return fc.constant({});
  if (type === 'string') return fc.constant('x'.repeat(Math.max(1, minLength)));
  const scalar = (anyOf ?? oneOf)?.find((branch) => ['string', 'number', 'boolean'].includes(branch.type));
  return scalar ? smallest(scalar) : fc.constant(1);
}

function strings({ format, pattern, minLength = 0, maxLength = 200 }) {
  if (format === 'date-time') return moments;
  const lengths = { minLength, maxLength, size: 'small' };
  if (pattern !== undefined && !pattern.includes('\\u0000'))
    return fc
      .stringMatching(new RegExp(pattern, 'u'), { size: 'small' })
      .filter((text) => text.length >= minLength && text.length <= maxLength);
  const printable = fc
    .string({ ...lengths, unit: 'grapheme' })
    .filter((text) => text.length >= minLength && text.length <= maxLength);
  const longest = fc.constant('x'.repeat(maxLength));
  return fc
    .oneof({ weight: 9, arbitrary: printable }, { weight: 1, arbitrary: maxLength > 2_000 ? printable : longest })
    .map((text) => (pattern === undefined ? text : text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '·')));
}

/** Past moments, and a few from the whole range. */
const moments = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc.date({
        min: new Date('2026-01-01T00:00:00Z'),
        max: new Date('2026-11-01T00:00:00Z'),
        noInvalidDate: true,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.date({
        min: new Date('1970-01-01T00:00:00Z'),
        max: new Date('2100-12-31T00:00:00Z'),
        noInvalidDate: true,
      }),
    },
  )
  .map((date) => date.toISOString());

function scalars({ type, minimum = -1e6, maximum = 1e6, exclusiveMinimum }) {
  if (type === 'integer') return fc.integer({ min: Math.max(minimum, -1e9), max: Math.min(maximum, 1e9) });
  if (type === 'number') return fc.double({ min: exclusiveMinimum ?? minimum, max: maximum, noNaN: true });
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  return fc.jsonValue({ maxDepth: 2 });
}
