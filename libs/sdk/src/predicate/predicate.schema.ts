import { z } from 'zod';

export type Scalar = string | number | boolean;
/** Conditions on one field; all of them must hold. */
export interface Condition {
  readonly $eq?: Scalar | undefined;
  readonly $ne?: Scalar | undefined;
  readonly $in?: readonly Scalar[] | undefined;
  readonly $nin?: readonly Scalar[] | undefined;
  readonly $gt?: number | string | undefined;
  readonly $gte?: number | string | undefined;
  readonly $lt?: number | string | undefined;
  readonly $lte?: number | string | undefined;
  readonly $exists?: boolean | undefined;
}
/** A Mongo-style filter over item fields; all members must hold. A bare value means `$eq`. */
export interface Predicate {
  readonly $and?: readonly Predicate[] | undefined;
  readonly $or?: readonly Predicate[] | undefined;
  readonly $not?: Predicate | undefined;
  readonly [field: string]: Scalar | Condition | Predicate | readonly Predicate[] | undefined;
}

const MAX_DEPTH = 8;
const MAX_CONDITIONS = 100;
const MAX_VALUES = 10_000;

const scalar = z.union([z.string().max(1000), z.number(), z.boolean()]);
const ordered = z.union([z.string().max(1000), z.number()]);
const values = z.array(scalar).max(MAX_VALUES);
const condition = z
  .strictObject({
    $eq: scalar.optional(),
    $ne: scalar.optional(),
    $in: values.optional(),
    $nin: values.optional(),
    $gt: ordered.optional(),
    $gte: ordered.optional(),
    $lt: ordered.optional(),
    $lte: ordered.optional(),
    $exists: z.boolean().optional(),
  })
  .refine((all) => Object.keys(all).length > 0, 'a condition needs an operator');

const field = z.string().regex(/^[A-Za-z_][\w.-]{0,199}$/, 'not a field name or operator');

/** One level of a predicate; depth and size are checked on the whole below. */
const level: z.ZodType<Predicate> = z.lazy(() =>
  z
    .object({ $and: z.array(level).min(1).optional(), $or: z.array(level).min(1).optional(), $not: level.optional() })
    .catchall(z.union([scalar, condition]))
    .superRefine((predicate, context) => {
      for (const key of Object.keys(predicate)) {
        if (key === '$and' || key === '$or' || key === '$not') continue;
        if (!field.safeParse(key).success)
          context.addIssue({ code: 'custom', path: [key], message: `unknown operator or field name` });
      }
    }),
) as z.ZodType<Predicate>;

/** Nesting and size of a value, without recursion, so that a hostile depth cannot exhaust the stack. */
function withinLimits(value: unknown): boolean {
  let conditions = 0;
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: at, depth } = next;
    if (at === null || typeof at !== 'object') continue;
    if (!Array.isArray(at)) conditions += 1;
    if (depth > MAX_DEPTH * 2 || conditions > MAX_CONDITIONS) return false;
    for (const child of Object.values(at) as readonly unknown[])
      if (typeof child === 'object') open.push({ value: child, depth: depth + 1 });
  }
  return true;
}

/** A filter as it arrives from outside: operators, depth (≤ 8) and size (≤ 100 conditions, ≤ 10,000 values) are checked. */
export const predicateSchema: z.ZodType<Predicate> = z
  .custom<unknown>((value) => withinLimits(value), 'a filter may nest 8 deep and hold 100 conditions')
  .pipe(level)
  .meta({
    id: 'Filter',
    description: 'Mongo-style filter over item fields: $eq $ne $in $nin $gt $gte $lt $lte $exists $and $or $not.',
  });
