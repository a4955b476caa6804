import { createReadStream } from 'node:fs';
import { sample } from '@attune/evaluation';
import type { InstructionLine } from '@attune/server';
import { CommandError } from '../exit-code.js';
import { linesOf, TOO_LONG } from '../import/lines.js';
import { printable } from '../output/printable.js';

/** Lines that are held at once, at most. */
const MOST_LINES = 1_000_000;
const SEED = 42;

/** Lines of a file of instruction data, as many as are wanted of all of it, drawn evenly; the same file gives the same. */
export async function readLines(file: string, limit = Infinity): Promise<readonly InstructionLine[]> {
  const { instructionLineReader } = await import('@attune/server');
  const read = await instructionLineReader();
  const lines: InstructionLine[] = [];
  for await (const { number, bytes } of linesOf(bytesOf(file))) {
    const text = bytes?.toString('utf8').trim();
    if (text === '') continue;
    if (lines.length === MOST_LINES) throw wrong(file, number, `there are more than ${MOST_LINES} lines`);
    try {
      if (text === undefined) throw new Error(TOO_LONG);
      lines.push(read(text));
    } catch (error) {
      throw wrong(file, number, error instanceof Error ? error.message : String(error));
    }
  }
  if (lines.length === 0) throw new CommandError(`${file} has no lines`, 'Make one with attune llm export.');
  return limit >= lines.length ? lines : sample(lines, limit, SEED);
}

async function* bytesOf(file: string): AsyncGenerator<Buffer, void> {
  try {
    for await (const chunk of createReadStream(file)) yield chunk as Buffer;
  } catch (error) {
    throw new CommandError(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code})`,
      'Name a file such as held-out.jsonl of attune llm export.',
    );
  }
}

const wrong = (file: string, number: number, problem: string): CommandError =>
  new CommandError(
    `${file}:${number} is no line of instruction data: ${printable(problem)}`,
    'Make one with attune llm export.',
  );
