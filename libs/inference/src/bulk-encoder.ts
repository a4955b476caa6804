import { EncoderThread } from './encoder-thread.js';
import { Gate } from './gate.js';
import type { TextEncoderInfo, TextRole } from './text-encoder.js';

export interface BulkEncoderOptions {
  /** Threads of one inference, default 1. */
  readonly threads?: number;
  /** Most texts handed to the worker at a time, over all calls; default 32, at least 2. */
  readonly maxInFlight?: number;
}

export interface BulkEmbedOptions {
  /** Default `document`. */
  readonly role?: TextRole;
  /** Stops the call: it rejects with the signal's reason once the texts already handed over are done (≤ maxInFlight). */
  readonly signal?: AbortSignal;
  /** Called after each piece, with counts of texts. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A text model in a worker thread, for catalogues: requests of this thread stay fast meanwhile. */
export interface BulkEncoder extends TextEncoderInfo {
  /** Vectors [texts × dims], the same bits as `OnnxTextEncoder.embed` gives. Calls share the worker fairly. */
  embed(texts: readonly string[], options?: BulkEmbedOptions): Promise<Float32Array>;
  /**
   * Rejects running calls and ends the worker after the text in work (some ms). Safe to repeat. Await it before
   * `process.exit`: a thread killed in the middle of an inference aborts the process.
   */
  close(): Promise<void>;
}

/** Texts handed over are split into this many pieces, so that the worker never waits for the next one. */
const PIECES_IN_FLIGHT = 2;

/**
 * Opens the text model of a folder in a worker thread.
 * @throws Error with the message of `openTextEncoder` when the folder cannot be used.
 */
export async function openBulkEncoder(
  folder: string,
  { threads = 1, maxInFlight = 32 }: BulkEncoderOptions = {},
): Promise<BulkEncoder> {
  const thread = await EncoderThread.start({ folder, threads });
  const pieceSize = Math.max(1, Math.floor(maxInFlight / PIECES_IN_FLIGHT));
  const gate = new Gate(PIECES_IN_FLIGHT);
  return {
    ...thread.info,
    embed: (texts, options = {}) => embedInPieces(thread, gate, texts, { ...options, pieceSize }),
    close: () => thread.close(),
  };
}

async function embedInPieces(
  thread: EncoderThread,
  gate: Gate,
  texts: readonly string[],
  { role = 'document', signal, onProgress, pieceSize }: BulkEmbedOptions & { pieceSize: number },
): Promise<Float32Array> {
  const { dims } = thread.info;
  const out = new Float32Array(texts.length * dims);
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (next < texts.length) {
      await gate.through(async () => {
        signal?.throwIfAborted();
        const piece = texts.slice(next, next + pieceSize);
        const from = next;
        next += piece.length;
        out.set(await thread.embed(piece, role), from * dims);
        done += piece.length;
        if (piece.length > 0) onProgress?.(done, texts.length);
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: PIECES_IN_FLIGHT }, lane));
  } finally {
    // A lane that failed stops the other one too.
    next = texts.length;
  }
  signal?.throwIfAborted();
  return out;
}
