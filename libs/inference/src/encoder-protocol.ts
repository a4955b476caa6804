import type { TextEncoderInfo, TextRole } from './text-encoder.js';

/** What the worker is started with. */
export interface EncoderWorkerData {
  readonly folder: string;
  readonly threads: number;
}

/** A piece of work for the worker; answered in order. */
export interface EmbedJob {
  readonly kind: 'embed';
  readonly id: number;
  readonly texts: readonly string[];
  readonly role: TextRole;
}

/** What the worker is told. After `close` it ends the text in work, answers no more and exits. */
export type EncoderRequest = EmbedJob | { readonly kind: 'close' };

/** What the worker says: once `ready` or `refused`, then one answer a job. */
export type EncoderReply =
  | { readonly kind: 'ready'; readonly info: TextEncoderInfo }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'embedded'; readonly id: number; readonly vectors: Float32Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
