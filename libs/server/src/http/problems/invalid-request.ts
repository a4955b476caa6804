import { AttuneError } from '@attune/sdk';
import type { z } from 'zod';

/** A request that does not fit its schema. Only requests make it, so that a parse error of ours is never blamed on a caller. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';
  constructor(readonly issues: readonly z.core.$ZodIssue[]) {
    super('the request does not fit its schema');
  }
}

/** A body or query as its schema gives it. Throws InvalidRequest where it does not fit, MALFORMED_JSON where there is none. */
export function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  if (value === undefined) throw new AttuneError('MALFORMED_JSON', 'the body is empty');
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidRequest(result.error.issues);
}
