import { fork } from 'node:child_process';
import { existsSync, rm } from 'node:fs';
import { join } from 'node:path';
import { DataFileError, EvaluationRequestError } from '../formats/evaluation.errors.js';
import type { EvaluationContext, EvaluationRequest, EvaluationResult } from './evaluation.request.js';
import { partialOf } from './partial-file.js';

/** What the process of an evaluation tells. */
export type EvaluationMessage =
  | { readonly kind: 'progress'; readonly line: string; readonly share: number }
  | { readonly kind: 'note'; readonly line: string }
  | { readonly kind: 'done'; readonly result: EvaluationResult }
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly code: string | undefined;
      readonly fix: string | undefined;
    };

/** Built beside this file; the same path from `src` (tests) and from `dist`. */
const CHILD_FILE = join(__dirname, '..', '..', 'dist', 'run', 'evaluation.child.js');

/**
 * Evaluates in a process of its own, so that the caller stays awake. Rejects with DataFileError for what the request or its
 * files lack, with the signal's reason where that is aborted: the process is killed then, trials it wrote are kept, and
 * there is no half file of predictions.
 */
export function evaluateInChild(
  request: EvaluationRequest,
  { onProgress, onNote, signal }: Pick<EvaluationContext, 'onProgress' | 'onNote'> & { readonly signal: AbortSignal },
): Promise<EvaluationResult> {
  if (!existsSync(CHILD_FILE)) throw new Error(`${CHILD_FILE} is missing; run "npm run build"`);
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = fork(CHILD_FILE, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const stop = (): void => {
      child.kill('SIGKILL');
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
    child.on('message', (message: EvaluationMessage) => {
      if (message.kind === 'progress') onProgress(message.line, message.share);
      else if (message.kind === 'note') onNote?.(message.line);
      else if (message.kind === 'done') resolve(message.result);
      else reject(errorOf(message));
    });
    child.once('error', reject);
    // What it said last has been read by then, which is not certain when it exits.
    child.once('close', (code, killed) => {
      signal.removeEventListener('abort', stop);
      if (request.predictions !== undefined) rm(partialOf(request.predictions), { force: true }, () => undefined);
      reject(new Error(`the evaluation ended early (${killed ?? `code ${code}`}): was there memory enough?`));
    });
    child.send(request);
  });
}

function errorOf({ message, code, fix = '' }: Extract<EvaluationMessage, { kind: 'failed' }>): Error {
  if (code === 'DATA_FILE') return new DataFileError(message, fix);
  return code === 'REQUEST' ? new EvaluationRequestError(message, fix) : new Error(message);
}
