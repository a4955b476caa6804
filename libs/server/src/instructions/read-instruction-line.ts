import { instructionLineSchema, jsonOf, type InstructionLine } from '@attune/language';

/** A line of a file of instruction data. @throws Error that says what is wrong with it, without quoting it. */
export function readInstructionLine(text: string): InstructionLine {
  const parsed = instructionLineSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`.replace(/^: /, ''));
}
