import { ModelError, type ModelAnswer, type ModelLikelihoods } from '../language-model.js';
import { BATCH_TOKENS } from './feed.js';
import { answer } from './gguf-answer.js';
import { likelihoods } from './gguf-likelihoods.js';
import type { GgufJob, GgufStart } from './gguf-protocol.js';
import {
  importLlamaPackage,
  type Llama,
  type LlamaModel,
  type LlamaPackage,
  type LlamaSequence,
} from './llama-package.js';

/** Tokens of a lane: a prompt's frame, a title and a query. The package takes no less memory for fewer. */
const LANE_TOKENS = 256;
const MOST_LANES = 32;
/** Most that lanes may need, by the package's estimate. */
const LANES_BYTES = 128 << 20;
/** Kept free behind an answer: the package shifts the context, and forgets the prompt, before it is quite full. */
const SPARE_TOKENS = 128;
/** No token stands for more letters, but for runs of blanks: what is longer is not even counted. */
const MAX_LETTERS_A_TOKEN = 64;

/** A model that is loaded into this process. */
export interface OpenGguf {
  work(job: GgufJob, onPiece: (text: string) => void, signal: AbortSignal): Promise<ModelAnswer | ModelLikelihoods>;
}

/**
 * Loads a model. Contexts are made by the first job that needs them.
 * @throws ModelError `refused` where the package is missing or does not read the file; the message has the fix.
 */
export async function openGguf({ file, threads, contextTokens: wanted, packages }: GgufStart): Promise<OpenGguf> {
  const llamaPackage = await importLlamaPackage(packages);
  const llama = await start(llamaPackage);
  const model = await llama.loadModel({ modelPath: file, gpuLayers: 0 }).catch((cause: unknown) => {
    throw new ModelError('refused', `model file ${file} cannot be loaded (${lineOf(cause)}): bring it again`, {
      cause,
    });
  });
  const contextTokens = Math.min(wanted, model.trainContextSize);
  const chat = once(() => makeChat(llamaPackage, model, { contextTokens, threads }));
  const lanes = once(() => makeLanes(model, threads));
  return {
    async work(job, onPiece, signal) {
      const letters = lettersOf(job);
      if (letters > contextTokens * MAX_LETTERS_A_TOKEN) {
        const message = `the prompt has ${letters} letters, the context ${contextTokens} tokens: shorten it`;
        throw new ModelError('refused', message);
      }
      if (job.kind === 'answer') {
        return answer({ llama, model, contextTokens, ...(await chat()) }, job.ask, onPiece, signal);
      }
      const long = async (): Promise<LlamaSequence> => (await chat()).sequence;
      return likelihoods({ model, contextTokens, ...(await lanes()), long }, job.continuations, signal);
    },
  };
}

/** Never builds and never downloads: what is not installed is missing. Its logs are dropped: errors are thrown as well. */
async function start(llamaPackage: LlamaPackage): Promise<Llama> {
  const quiet = { progressLogs: false, logger: () => undefined } as const;
  return llamaPackage.getLlama({ gpu: false, build: 'never', skipDownload: true, ...quiet }).catch((cause: unknown) => {
    const where = `${process.platform} ${process.arch}`;
    const message = `node-llama-cpp has no program for ${where} here (${lineOf(cause)}): npm run llm:install`;
    throw new ModelError('refused', message, { cause });
  });
}

async function makeChat(
  { LlamaChat }: LlamaPackage,
  model: LlamaModel,
  { contextTokens, threads }: { readonly contextTokens: number; readonly threads: number },
) {
  const size = { contextSize: contextTokens + SPARE_TOKENS, sequences: 1, batchSize: BATCH_TOKENS };
  const sequence = (await model.createContext({ ...size, threads })).getSequence();
  return { sequence, chat: new LlamaChat({ contextSequence: sequence }) };
}

async function makeLanes(model: LlamaModel, threads: number) {
  const size = (sequences: number) => ({ contextSize: LANE_TOKENS, sequences, batchSize: BATCH_TOKENS });
  const bytes = (sequences: number): number =>
    model.fileInsights.estimateContextResourceRequirements({ ...size(sequences), modelGpuLayers: 0 }).cpuRam;
  const count = Math.max(1, Math.min(MOST_LANES, Math.floor(LANES_BYTES / Math.max(1, bytes(2) - bytes(1)))));
  const context = await model.createContext({ ...size(count), threads });
  const lanes = Array.from({ length: count }, () => ({ sequence: context.getSequence(), held: [] }));
  // One token is kept free by the package.
  return { lanes, laneTokens: LANE_TOKENS - 1 };
}

/** Makes it when it is first asked for, and again where that failed. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** Letters of the longest text that is one prompt. */
function lettersOf(job: GgufJob): number {
  if (job.kind === 'answer') return job.ask.messages.reduce((sum, { content }) => sum + content.length, 0);
  return job.continuations.reduce((most, { given, then }) => Math.max(most, given.length + then.length), 0);
}

function lineOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0]?.slice(0, 200) ?? '';
}
