import { setPriority } from 'node:os';
import { ModelError } from '../language-model.js';
import type { GgufReply, GgufRequest, GgufStart } from './gguf-protocol.js';
import { openGguf, type OpenGguf } from './open-gguf.js';

/** Nice value of the process: it gives way to requests. */
const BACKGROUND_NICENESS = 10;

/** A process of its own for a model: reading and writing tokens takes a core, and what crashes natively ends no server. */
process.once('message', (start: GgufStart) => {
  setPriority(BACKGROUND_NICENESS);
  openGguf(start).then(serve, (error: unknown) => tell({ kind: 'refused', message: messageOf(error) }));
});
// Signals of a terminal or a service manager reach the whole group: the parent ends this process.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
// The parent has gone: nobody waits for an answer. To exit in order would wait for what is computed.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));

function tell(reply: GgufReply): void {
  process.send?.(reply);
}

/** Does jobs one at a time, in order; one that was stopped while it waited is not begun. */
function serve(model: OpenGguf): void {
  const stops = new Map<number, AbortController>();
  let previous = Promise.resolve();
  process.on('message', (request: GgufRequest) => {
    if (request.kind === 'stop') return stops.get(request.id)?.abort();
    const stop = new AbortController();
    stops.set(request.id, stop);
    previous = previous.then(() => work(model, request, stop.signal)).then(() => void stops.delete(request.id));
  });
  tell({ kind: 'ready' });
}

async function work(model: OpenGguf, request: GgufRequest & { kind: 'job' }, signal: AbortSignal): Promise<void> {
  const { id, job } = request;
  if (signal.aborted) return;
  try {
    const onPiece = (text: string): void => {
      if (job.kind === 'answer' && job.pieces) tell({ kind: 'piece', id, text });
    };
    tell({ kind: 'done', id, result: await model.work(job, onPiece, signal) });
  } catch (error) {
    if (signal.aborted) return;
    tell({
      kind: 'failed',
      id,
      error: error instanceof ModelError ? error.kind : 'unavailable',
      message: messageOf(error),
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
