import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { ModelFolderError, readTextModelFolder, type TextModelFolder } from './model-folder.js';
import { openOnnxSession } from './onnx-session.js';
import { pool, scaleToUnit } from './pooling.js';
import type { OnnxTextEncoder, TextRole } from './text-encoder.js';
import { createTextTokenizer } from './text-tokenizer.js';

export interface TextEncoderOptions {
  /** Threads of one inference, default 1: titles are too short to share out, and other work wants the cores. */
  readonly threads?: number;
}

/**
 * Opens the text model of a folder (see `textModelSchema`), checks it by one inference and so warms it.
 * @throws ModelFolderError when a file is missing or wrong, the model does not load, or its rows are not `dims` long.
 */
export async function openTextEncoder(
  folder: string,
  { threads = 1 }: TextEncoderOptions = {},
): Promise<OnnxTextEncoder> {
  const files = await readTextModelFolder(folder);
  const session = await openOnnxSession({ folder, file: files.spec.file }, threads);
  const encoder = textEncoder(files, session);
  try {
    checkOutput(session, files.spec.dims);
    await encoder.embed(['warm up'], 'document');
  } catch (cause) {
    await encoder.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelFolderError(folder, `${files.spec.file} does not fit attune.model.json: ${reason}`, { cause });
  }
  return encoder;
}

function textEncoder({ spec, digest, ...files }: TextModelFolder, session: InferenceSession): OnnxTextEncoder {
  const tokenizer = createTextTokenizer(files.tokenizer, files.tokenizerConfig, spec.maxTokens);
  const prefixes: Record<TextRole, string> = { query: spec.queryPrefix, document: spec.documentPrefix };
  const running = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  async function embedAll(texts: readonly string[], role: TextRole): Promise<Float32Array> {
    const out = new Float32Array(texts.length * spec.dims);
    for (const [row, text] of texts.entries()) {
      const vector = out.subarray(row * spec.dims, (row + 1) * spec.dims);
      const rows = await tokenRows(session, tokenizer.encode(prefixes[role] + text), spec.dims);
      pool(rows, spec.pooling, vector);
      if (spec.normalize) scaleToUnit(vector);
    }
    return out;
  }

  return {
    id: spec.id,
    digest,
    dims: spec.dims,
    metric: spec.metric,
    maxTokens: spec.maxTokens,
    async embed(texts, role) {
      if (closed !== undefined) throw new Error(`text model ${spec.id} is closed`);
      const call = embedAll(texts, role);
      running.add(call);
      return call.finally(() => running.delete(call));
    },
    knows: (word) => tokenizer.knows(word),
    close: () => (closed ??= Promise.allSettled(running).then(() => session.release())),
  };
}

/**
 * Last hidden states of one text [tokens × dims]. One text a run: a dynamically quantized model takes its scales from
 * the whole batch, so that even texts of equal length change each other's vectors (by up to 0.28 a component).
 */
async function tokenRows(session: InferenceSession, ids: BigInt64Array, dims: number): Promise<Float32Array> {
  const feeds: Record<string, Tensor> = {};
  for (const name of session.inputNames) {
    const values = name === 'input_ids' ? ids : new BigInt64Array(ids.length).fill(name === 'attention_mask' ? 1n : 0n);
    feeds[name] = new Tensor('int64', values, [1, ids.length]);
  }
  const name = outputName(session);
  const output = (await session.run(feeds, [name]))[name];
  if (!(output?.data instanceof Float32Array) || output.data.length !== ids.length * dims) {
    throw new Error(`its output "${name}" is no float32 array of ${ids.length} tokens x ${dims} dims`);
  }
  return output.data;
}

function outputName(session: InferenceSession): string {
  return session.outputNames[0] ?? 'last_hidden_state';
}

/** Throws unless the first output is known to be float32 of [batch, tokens, dims]. */
function checkOutput(session: InferenceSession, dims: number): void {
  const output = session.outputMetadata[0];
  const fits = output?.isTensor && output.type === 'float32' && output.shape.length === 3 && output.shape[2] === dims;
  if (fits) return;
  const found = output?.isTensor ? `${output.type} [${output.shape.join(', ')}]` : 'no tensor';
  throw new Error(`its output "${outputName(session)}" is ${found}, expected float32 [batch, tokens, dims = ${dims}]`);
}
