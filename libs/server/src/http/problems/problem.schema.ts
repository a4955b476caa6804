import { ERROR_TABLE, type ErrorCode } from '@attune/sdk';
import { z } from 'zod';

const codes = Object.keys(ERROR_TABLE) as [ErrorCode, ...ErrorCode[]];

/** A problem document (RFC 9457). */
export const problemSchema = z
  .strictObject({
    type: z.string().describe('Path of the page that explains the code.'),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes),
    detail: z.string(),
    instance: z.string().describe('The request’s id, as in `X-Request-Id`.'),
    errors: z
      .array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() }))
      .max(20)
      .optional(),
    retryable: z.boolean(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof problemSchema>;

/** Path of the page that explains a code. */
export const pageOf = (code: ErrorCode): string => `/docs/errors/${code}`;
