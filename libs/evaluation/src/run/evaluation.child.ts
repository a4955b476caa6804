import { onnxGraphRuntime, openPairEncoder, openTextEncoder } from '@attune/inference';
import { evaluate } from './evaluate.js';
import type { EvaluationMessage } from './evaluate-in-child.js';
import type { EvaluationRequest } from './evaluation.request.js';

/** A process of its own: learning never yields, and one that is killed in the middle takes nothing with it. */
process.once('message', (request: EvaluationRequest) => {
  const tell = (message: EvaluationMessage): unknown => process.send?.(message);
  const onProgress = throttled((line, share) => tell({ kind: 'progress', line, share }));
  evaluate(request, {
    runtime: onnxGraphRuntime({ threads: request.threads ?? 1 }),
    textModels: { openEncoder: openTextEncoder, openPairs: openPairEncoder },
    onProgress,
    onNote: (line) => tell({ kind: 'note', line }),
  })
    .then((result) => tell({ kind: 'done', result }))
    .catch((error: Error & { readonly code?: string; readonly fix?: string }) =>
      tell({ kind: 'failed', message: error.message, code: error.code, fix: error.fix }),
    )
    .finally(() => process.disconnect());
});
// Ctrl-C reaches the whole group: the parent ends this process.
process.on('SIGINT', () => undefined);
// The parent has gone: nobody waits for the result.
process.once('disconnect', () => process.exit());

const EVERY_MS = 200;

/** Calls that come too soon after the last are left out, but for those that end something. */
function throttled(tell: (line: string, share: number) => void): (line: string, share: number) => void {
  let last = -Infinity;
  return (line, share) => {
    const now = performance.now();
    if (now - last < EVERY_MS && share < 1) return;
    last = now;
    tell(line, share);
  };
}
