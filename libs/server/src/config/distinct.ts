import type { z } from 'zod';

/** Refuses an entry whose name an earlier one has: one of them would be ignored. */
export const distinct =
  <T>(name: keyof T & string) =>
  (entries: readonly T[], context: z.RefinementCtx): void => {
    const met = new Set<unknown>();
    entries.forEach((entry, i) => {
      const message = `'${String(entry[name])}' is here twice: drop or rename one`;
      if (met.has(entry[name])) context.addIssue({ code: 'custom', path: [i, name], message });
      met.add(entry[name]);
    });
  };
