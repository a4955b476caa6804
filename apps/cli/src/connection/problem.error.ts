import { ERROR_TABLE } from '@attune/sdk';
import { z } from 'zod';

/** As much of a problem document (RFC 9457) as a person needs. */
const problemSchema = z.object({
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).default([]),
  retryable: z.boolean().default(false),
});
type ProblemDocument = z.output<typeof problemSchema>;

/** The server refused: its code, its words, and what mends it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: ProblemDocument) {
    // The detail of a problem is its first fault.
    const more = problem.errors.filter(({ detail }) => !problem.detail.endsWith(detail));
    const faults = more.map(({ pointer, detail }) => `${pointer}: ${detail}`);
    super([`${problem.code}: ${problem.detail}`, ...faults].join('; '));
  }

  get code(): string {
    return this.problem.code;
  }

  get fix(): string {
    const table: Readonly<Record<string, { readonly fix: string } | undefined>> = ERROR_TABLE;
    if (this.problem.code === 'UNAUTHORIZED') return 'Give a key with --key or ATTUNE_API_KEY.';
    const fix = table[this.problem.code]?.fix ?? 'See /docs/errors of the server.';
    // What clients read as members of the answer, a person reads in the line above.
    return fix.replace(/`(detail|errors)`/, 'the line above');
  }
}

/** Reads what a server answered instead of success, whatever it is. */
export function problemOf(status: number, text: string): ProblemError {
  const parsed = problemSchema.safeParse(jsonOf(text));
  if (parsed.success) return new ProblemError(parsed.data);
  const detail = `the server answered ${status} without saying why: is it Attune that listens there?`;
  return new ProblemError({ status, code: `HTTP_${status}`, detail, errors: [], retryable: status >= 500 });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
