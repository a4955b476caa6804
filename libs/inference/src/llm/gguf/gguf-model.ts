import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ReadableStream } from 'node:stream/web';
import type { Clock, LlmContinuation } from '@attune/sdk';
import type { LanguageModel, ModelAnswer, ModelAsk, ModelLikelihoods, ModelPiece } from '../language-model.js';
import { ggufModelId } from './gguf-file.js';
import { KeptProcess } from './kept-process.js';

/** Where `npm run llm:install` puts the package. */
const INSTALLED = join(__dirname, '..', '..', '..', '..', '..', 'tools', 'local-llm');

export interface GgufModelOptions {
  /** The `.gguf` file. */
  readonly file: string;
  /** 1–64, default 1: threads wait for one another by spinning, so more than there are free cores slow all of it down. */
  readonly threads?: number | undefined;
  /** Most tokens of a prompt and its answer together, default 2048; at most as many as the model was trained with. */
  readonly contextTokens?: number | undefined;
  /** Folder whose `node_modules` has `node-llama-cpp`; default where `npm run llm:install` puts it. */
  readonly packages?: string | undefined;
  /** For when a crashed process may be started again; default the computer's. */
  readonly clock?: Pick<Clock, 'monotonic'> | undefined;
}

/**
 * A language model from a GGUF file, on the processor, in a process of its own that gives way to all others. It does what it is
 * asked one at a time, in order. Needs the package `node-llama-cpp`: `npm run llm:install`.
 * @throws ModelError `refused` where package or file are missing, or the file is none that can be read; the message has the fix.
 */
export async function openGgufModel(options: GgufModelOptions): Promise<LanguageModel> {
  const { threads = 1, contextTokens = 2048, packages = INSTALLED } = options;
  const { clock = { monotonic: () => performance.now() } } = options;
  const file = resolve(options.file);
  const id = await ggufModelId(file);
  const kept = new KeptProcess(id, { file, threads, contextTokens, packages: [packages] }, clock);
  await kept.get();
  return new GgufModel(id, kept);
}

class GgufModel implements LanguageModel {
  readonly runs = 'local';

  constructor(
    readonly id: string,
    private readonly kept: KeptProcess,
  ) {}

  async answer(ask: ModelAsk, signal: AbortSignal): Promise<ModelAnswer> {
    const running = await this.kept.get(signal);
    return running.work({ kind: 'answer', ask, pieces: false }, signal);
  }

  async likelihood(continuations: readonly LlmContinuation[], signal: AbortSignal): Promise<ModelLikelihoods> {
    const running = await this.kept.get(signal);
    return running.work({ kind: 'likelihood', continuations }, signal);
  }

  stream(ask: ModelAsk, signal: AbortSignal): AsyncIterable<ModelPiece> {
    const left = new AbortController();
    const either = AbortSignal.any([signal, left.signal]);
    const answer = async (onPiece: (text: string) => void): Promise<ModelAnswer> => {
      const running = await this.kept.get(either);
      return running.work({ kind: 'answer', ask, pieces: true }, either, onPiece);
    };
    return new ReadableStream<ModelPiece>({
      start(pieces) {
        const end = ({ usage }: ModelAnswer): void => {
          pieces.enqueue({ usage });
          pieces.close();
        };
        void answer((text) => pieces.enqueue({ text })).then(end, (error: unknown) => pieces.error(error));
      },
      // Who leaves early wants no more of it.
      cancel: () => left.abort(),
    });
  }

  close(): Promise<void> {
    return this.kept.close();
  }
}
