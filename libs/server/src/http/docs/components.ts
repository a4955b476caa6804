import { predicateSchema } from '@attune/sdk';
import { z } from 'zod';

export type JsonObject = { readonly [key: string]: unknown };

const DEFINITIONS = '#/$defs/';
const COMPONENTS = '#/components/schemas/';

/** JSON Schemas of zod schemas; one with an id is said once and referred to. */
export class Components {
  readonly schemas: Record<string, JsonObject> = {};
  /** What a filter is in itself: an answer that has filters would list it a second time. */
  readonly #level: string;

  constructor() {
    // What a filter takes is what its pipe gives: the pipe's first half only bounds depth and size.
    const { definitions } = split(predicateSchema, 'output');
    this.#level = JSON.stringify(definitions['__schema0']);
    const text = JSON.stringify({ ...definitions['__schema0'], description: predicateSchema.description });
    this.schemas['Filter'] = JSON.parse(text.replaceAll('__schema0', 'Filter')) as JsonObject;
  }

  /** `input`: what may be sent, defaults optional; `output`: what is answered. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
    const { root, definitions } = split(schema, io);
    for (const [name, definition] of Object.entries(definitions)) {
      if (name === 'Filter' || JSON.stringify(definition) === this.#level) continue;
      const known = this.schemas[name];
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition)) {
        throw new Error(`two schemas are called '${name}': give one of them another id`);
      }
      this.schemas[name] = definition;
    }
    return root;
  }
}

function split(
  schema: z.ZodType,
  io: 'input' | 'output',
): { root: JsonObject; definitions: Record<string, JsonObject> } {
  const made = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' });
  const text = JSON.stringify(made).replaceAll(DEFINITIONS, COMPONENTS);
  const { $schema: _, $defs = {}, ...root } = JSON.parse(text) as JsonObject & { $defs?: Record<string, JsonObject> };
  return { root, definitions: $defs };
}
