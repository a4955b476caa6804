import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { EvaluationRequest } from './evaluation.request.js';

/** Protocol, content of the files and seed as one word: trials of one such task are of no other. */
export async function taskName({ protocol, basket, inputs, seed }: EvaluationRequest): Promise<string> {
  const hash = createHash('sha256').update(
    [protocol, ...(protocol === 'next-basket' ? [basket ?? 'whole'] : []), seed].join(' '),
  );
  for (const file of inputs) for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex').slice(0, 16);
}
