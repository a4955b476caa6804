import { z } from 'zod';

/** An id: 1–256 characters without control characters; `/` and emoji are legal. */
export const idSchema = z
  .string()
  .min(1)
  .max(256)
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
  .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/u, 'must not contain control characters');

/** A moment: ISO 8601 with an offset, between 1970 and 2100. */
export const timeSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => {
    const ms = Date.parse(text);
    return ms >= 0 && ms < 4_133_980_800_000;
  }, 'must lie between 1970 and 2100')
  .describe('ISO 8601 with an offset, for example 2026-11-21T09:30:00Z');
