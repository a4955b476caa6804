import { z } from 'zod';

/** One thing that was looked at: whether it is well, and if not, the command or line that mends it. */
export const checkSchema = z
  .strictObject({
    id: z
      .string()
      .describe('What was looked at: items, vectors, events, clock, consent, hot-store, models, surface:home, …'),
    status: z.enum(['ok', 'warning', 'problem']).describe('warning: it works, and less well than it could.'),
    detail: z.string().describe('One line for a person.'),
    fix: z.string().optional().describe('What mends it; absent where nothing has to be done.'),
  })
  .meta({ id: 'Check' });
export type Check = z.output<typeof checkSchema>;

export const ok = (id: string, detail: string): Check => ({ id, status: 'ok', detail });
export const warning = (id: string, detail: string, fix: string): Check => ({ id, status: 'warning', detail, fix });
export const problem = (id: string, detail: string, fix: string): Check => ({ id, status: 'problem', detail, fix });

/** `3 of 12 (25 %)`. */
export const share = (part: number, whole: number): string =>
  `${part} of ${whole} (${Math.round((100 * part) / whole)} %)`;
