import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { EmbedJob, EncoderReply, EncoderRequest, EncoderWorkerData } from './encoder-protocol.js';
import { openTextEncoder } from './onnx-text-encoder.js';

/** Nice value of the worker's thread: bulk work gives way to requests. */
const BACKGROUND_NICENESS = 10;

/** Entry of the bulk encoder's worker thread: opens the model, then answers jobs in order. */
async function main(port: NonNullable<typeof parentPort>): Promise<void> {
  const { folder, threads } = workerData as EncoderWorkerData;
  const send = (reply: EncoderReply, transfer: ArrayBuffer[] = []): void => port.postMessage(reply, transfer);
  // On Linux priority belongs to the thread; elsewhere this call would slow the whole process.
  if (process.platform === 'linux') setPriority(BACKGROUND_NICENESS);
  const encoder = await openTextEncoder(folder, { threads });
  const { id, digest, dims, metric, maxTokens } = encoder;
  let closing = false;
  let previous = Promise.resolve();

  /** Text by text, so that a `close` is heard between two of them. */
  async function answer(job: EmbedJob): Promise<void> {
    const vectors = new Float32Array(job.texts.length * dims);
    try {
      for (const [row, text] of job.texts.entries()) {
        if (closing) return;
        vectors.set(await encoder.embed([text], job.role), row * dims);
      }
      send({ kind: 'embedded', id: job.id, vectors }, [vectors.buffer]);
    } catch (cause) {
      send({ kind: 'failed', id: job.id, message: messageOf(cause) });
    }
  }

  async function close(): Promise<void> {
    await encoder.close();
    port.close();
  }

  port.on('message', (request: EncoderRequest) => {
    closing ||= request.kind === 'close';
    previous = previous.then(() => (request.kind === 'close' ? close() : answer(request)));
  });
  send({ kind: 'ready', info: { id, digest, dims, metric, maxTokens } });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

if (parentPort !== null) {
  const port = parentPort;
  main(port).catch((cause: unknown) => {
    port.postMessage({ kind: 'refused', message: messageOf(cause) } satisfies EncoderReply);
    port.close();
  });
}
