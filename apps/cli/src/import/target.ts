/** What is imported: the name of the rows in the contract and on the command line. */
export const TARGETS = ['items', 'events', 'users'] as const;
export type Target = (typeof TARGETS)[number];

/** How a cell becomes a value of a field; `scalar`: what it is, a number or a boolean stays one. */
export type FieldKind =
  'text' | 'number' | 'integer' | 'boolean' | 'date' | 'unix-seconds' | 'unix-milliseconds' | 'list' | 'scalar';

const TEXT = 'text' as const;

/** Fields of each target and their kinds; `attributes.*` stands for any name below. */
export const FIELDS: Readonly<Record<Target, Readonly<Record<string, FieldKind>>>> = {
  items: {
    id: TEXT,
    title: TEXT,
    description: TEXT,
    categories: 'list',
    brand: TEXT,
    'price.amount': 'number',
    'price.currency': TEXT,
    'attributes.*': 'scalar',
    tags: 'list',
    images: 'list',
    reviews: TEXT,
    available: 'boolean',
    publishedAt: 'date',
    updatedAt: 'date',
    language: TEXT,
    groupId: TEXT,
  },
  events: {
    id: TEXT,
    type: TEXT,
    userId: TEXT,
    anonymousId: TEXT,
    sessionId: TEXT,
    itemId: TEXT,
    itemIds: 'list',
    value: 'number',
    query: TEXT,
    slateId: TEXT,
    position: 'integer',
    at: 'date',
    'context.*': 'scalar',
  },
  users: { id: TEXT, 'attributes.*': 'scalar', 'consent.profiling': 'boolean' },
};

/** The kind of a field, undefined where the target has no such field. */
export function kindOf(target: Target, field: string): FieldKind | undefined {
  const fields = FIELDS[target];
  if (Object.hasOwn(fields, field) && !field.endsWith('*')) return fields[field];
  const dot = field.indexOf('.');
  return dot > 0 && dot < field.length - 1 ? fields[`${field.slice(0, dot)}.*`] : undefined;
}
