import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { ModelFolderError, readJson } from './model-folder.js';
import { openOnnxSession } from './onnx-session.js';
import { pairModelSchema } from './pair-encoder.schema.js';
import { createTextTokenizer } from './text-tokenizer.js';

export interface PairEncoderOptions {
  /** Threads of one inference, default 1. */
  readonly threads?: number;
}

/** A cross-encoder in this thread: it reads a query and a text together. */
export interface OnnxPairEncoder {
  /** Most tokens of a pair, special ones included. */
  readonly maxTokens: number;
  /**
   * One logit a text `[texts]`, larger = fits better. Each pair is read alone, so its logit is the same, bit for bit,
   * whatever else is in the call; each holds the thread for its own time (some ms) and yields after it. Rejects with the
   * signal's reason between two pairs once it aborts, and after `close`.
   */
  score(query: string, texts: readonly string[], signal?: AbortSignal): Promise<Float32Array>;
  /** Frees the model once running calls have ended. Safe to repeat. */
  close(): Promise<void>;
}

/** Longest pair read, also where the model could read more: time grows with the square. */
const MOST_TOKENS = 512;
/** Where published models keep their ONNX file; the first that is there is taken. */
const MODEL_FILES = ['onnx/model_quantized.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'model.onnx'];

/**
 * Opens a cross-encoder of BERT's kind (`[CLS] query [SEP] text [SEP]`, one logit) from a folder with `config.json`,
 * `tokenizer.json`, `tokenizer_config.json` and an ONNX file, and checks it by one inference.
 * @throws ModelFolderError when a file is missing or wrong, or the model does not load or gives no logit.
 */
export async function openPairEncoder(
  folder: string,
  { threads = 1 }: PairEncoderOptions = {},
): Promise<OnnxPairEncoder> {
  const config = parseConfig(folder, await readJson(folder, 'config.json'));
  const maxTokens = Math.min(MOST_TOKENS, config.max_position_embeddings);
  const tokenizer = await readJson(folder, 'tokenizer.json');
  const tokenizerConfig = await readJson(folder, 'tokenizer_config.json');
  const file = MODEL_FILES.find((name) => existsSync(join(folder, name)));
  if (file === undefined)
    throw new ModelFolderError(folder, `there is no ONNX file; copy it to ${MODEL_FILES[0]} in the folder`);
  const session = await openOnnxSession({ folder, file }, threads);
  const encoder = pairEncoder(session, pairTokens(tokenizer, tokenizerConfig, maxTokens), maxTokens);
  try {
    await encoder.score('warm up', ['a text']);
  } catch (cause) {
    await encoder.close();
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new ModelFolderError(folder, `${file} is no cross-encoder: ${reason}; name the folder of one`, { cause });
  }
  return encoder;
}

function parseConfig(folder: string, json: object): { readonly max_position_embeddings: number } {
  const parsed = pairModelSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': '));
  throw new ModelFolderError(folder, `config.json does not describe a cross-encoder: ${problems.join('; ')}`);
}

/** One pair as the model reads it: token ids, and 0 for the query's, 1 for the text's. */
interface Pair {
  readonly ids: BigInt64Array;
  readonly types: BigInt64Array;
}

/** Joins a query (at most half of the room) and a text (what is left of it); both keep their closing token. */
function pairTokens(tokenizer: object, config: object, maxTokens: number): (query: string, text: string) => Pair {
  const ofQuery = createTextTokenizer(tokenizer, config, Math.floor(maxTokens / 2));
  const ofText = createTextTokenizer(tokenizer, config, maxTokens);
  return (query, text) => {
    const asked = ofQuery.encode(query);
    const read = ofText.encode(text).subarray(1);
    const room = maxTokens - asked.length;
    const kept = read.length <= room ? read : [...read.subarray(0, room - 1), read.at(-1)!];
    const ids = BigInt64Array.from([...asked, ...kept]);
    return { ids, types: new BigInt64Array(ids.length).fill(1n, asked.length) };
  };
}

function pairEncoder(
  session: InferenceSession,
  join: (query: string, text: string) => Pair,
  maxTokens: number,
): OnnxPairEncoder {
  const running = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;
  async function scoreAll(query: string, texts: readonly string[], signal?: AbortSignal): Promise<Float32Array> {
    const logits = new Float32Array(texts.length);
    for (const [i, text] of texts.entries()) {
      signal?.throwIfAborted();
      logits[i] = await logitOf(session, join(query, text));
    }
    return logits;
  }
  return {
    maxTokens,
    async score(query, texts, signal) {
      if (closed !== undefined) throw new Error('the cross-encoder is closed');
      const call = scoreAll(query, texts, signal);
      running.add(call);
      return call.finally(() => running.delete(call));
    },
    close: () => (closed ??= Promise.allSettled(running).then(() => session.release())),
  };
}

/** One pair a run: a dynamically quantized model takes its scales from the whole batch. */
async function logitOf(session: InferenceSession, { ids, types }: Pair): Promise<number> {
  const values: Readonly<Record<string, BigInt64Array>> = { input_ids: ids, token_type_ids: types };
  const feeds: Record<string, Tensor> = {};
  for (const name of session.inputNames)
    feeds[name] = new Tensor('int64', values[name] ?? new BigInt64Array(ids.length).fill(1n), [1, ids.length]);
  const name = session.outputNames[0] ?? 'logits';
  const { data } = (await session.run(feeds, [name]))[name] ?? {};
  if (!(data instanceof Float32Array) || data.length !== 1)
    throw new Error(`its output "${name}" is not one float32 logit a pair`);
  return data[0]!;
}
