import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { ModelFolderError } from './model-folder.js';

export interface OnnxFile {
  /** Absolute path of the model folder, for messages. */
  readonly folder: string;
  /** ONNX file, relative to it. */
  readonly file: string;
}

/** Loads an ONNX model. @throws ModelFolderError when it does not load. */
export async function openOnnxSession({ folder, file }: OnnxFile, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(join(folder, file), {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      // Threads that spin while they wait cost most of the speed on a shared machine.
      extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new ModelFolderError(folder, `${file} does not load: ${reason}; restore the file`, { cause });
  }
}
