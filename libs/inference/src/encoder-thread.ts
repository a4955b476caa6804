import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EncoderReply, EncoderRequest, EncoderWorkerData } from './encoder-protocol.js';
import type { TextEncoderInfo, TextRole } from './text-encoder.js';

interface Waiting {
  resolve(vectors: Float32Array): void;
  reject(reason: Error): void;
}

/** Built beside this file; the same path from `src` (tests) and from `dist`. */
const WORKER_FILE = join(__dirname, '..', 'dist', 'encoder-worker.js');

/** Our end of the worker thread: jobs out, answers in. */
export class EncoderThread {
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 0;
  private ended: Error | undefined;
  private readonly exited: Promise<void>;

  private constructor(
    private readonly worker: Worker,
    readonly info: TextEncoderInfo,
  ) {
    this.exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    worker.on('message', (reply: EncoderReply) => this.receive(reply));
    worker.on('error', (cause) => this.end(new Error(`the embedding worker crashed: ${cause.message}`, { cause })));
    worker.on('exit', (code) => this.end(new Error(`the embedding worker ended (code ${code}); open it again`)));
  }

  /** Starts the worker and waits until its model is open. Rejects with the reason when it cannot be. */
  static async start(data: EncoderWorkerData): Promise<EncoderThread> {
    if (!existsSync(WORKER_FILE)) throw new Error(`${WORKER_FILE} is missing; run "npm run build"`);
    const worker = new Worker(WORKER_FILE, { workerData: data, execArgv: [] });
    const info = await new Promise<TextEncoderInfo>((resolve, reject) => {
      worker.once('message', (reply: EncoderReply) => {
        if (reply.kind === 'ready') resolve(reply.info);
        else reject(new Error(reply.kind === 'refused' ? reply.message : 'the embedding worker answered out of turn'));
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the embedding worker ended at start (code ${code})`)));
    });
    return new EncoderThread(worker, info);
  }

  embed(texts: readonly string[], role: TextRole): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      if (this.ended !== undefined) return reject(this.ended);
      const id = this.nextId++;
      this.waiting.set(id, { resolve, reject });
      this.tell({ kind: 'embed', id, texts, role });
    });
  }

  /**
   * Rejects the jobs not yet answered and resolves when the thread has ended, after the text in work. The thread must
   * end by itself: `Worker.terminate` in the middle of an inference makes ONNX Runtime abort the whole process.
   */
  close(): Promise<void> {
    if (this.ended === undefined) this.tell({ kind: 'close' });
    this.end(new Error(`bulk encoder ${this.info.id} is closed`));
    return this.exited;
  }

  private tell(request: EncoderRequest): void {
    this.worker.postMessage(request);
  }

  private receive(reply: EncoderReply): void {
    if (reply.kind !== 'embedded' && reply.kind !== 'failed') return;
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (reply.kind === 'embedded') waiting?.resolve(reply.vectors);
    else waiting?.reject(new Error(reply.message));
  }

  private end(reason: Error): void {
    this.ended ??= reason;
    for (const { reject } of this.waiting.values()) reject(this.ended);
    this.waiting.clear();
  }
}
