import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ModelError } from '../language-model.js';

/** What of `node-llama-cpp` is used. It is no dependency of ours: who wants it installs it. */
export interface LlamaPackage {
  getLlama(options: {
    readonly gpu: false;
    readonly build: 'never';
    readonly skipDownload: true;
    readonly progressLogs: false;
    readonly logger: (level: string, message: string) => void;
  }): Promise<Llama>;
  readonly LlamaChat: new (options: { readonly contextSequence: LlamaSequence }) => LlamaChat;
}

export interface Llama {
  loadModel(options: { readonly modelPath: string; readonly gpuLayers: 0 }): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: object): Promise<LlamaGrammar>;
  getGrammarFor(name: 'json'): Promise<LlamaGrammar>;
}

/** A grammar is made by the package and handed back to it. */
export type LlamaGrammar = object;

export interface LlamaContextOptions {
  /** Tokens of one sequence. */
  readonly contextSize: number;
  readonly sequences: number;
  /** Most tokens computed at once. */
  readonly batchSize: number;
  readonly threads: number;
}

export interface LlamaModel {
  readonly trainContextSize: number;
  readonly tokens: {
    readonly bos: number | null;
    readonly eos: number | null;
    readonly shouldPrependBosToken: boolean;
  };
  readonly fileInsights: {
    estimateContextResourceRequirements(
      options: Omit<LlamaContextOptions, 'threads'> & { readonly modelGpuLayers: 0 },
    ): { readonly cpuRam: number };
  };
  /** Turns a text into tokens; `special` ones are taken for what they are only where they come from a template. */
  readonly tokenizer: (text: string, special?: boolean) => number[];
  tokenize(text: string): number[];
  detokenize(tokens: readonly number[]): string;
  createContext(options: LlamaContextOptions): Promise<LlamaContext>;
}

export interface LlamaContext {
  getSequence(): LlamaSequence;
}

/** A token, and that what may come after it is of interest. */
export type LlamaInput =
  | number
  | readonly [
      token: number,
      options: {
        readonly generateNext: {
          readonly logits: { readonly filter: { readonly tokens: readonly number[]; readonly includeSelected: true } };
          readonly totalLogitWeight: true;
        };
      },
    ];

/** What may come after a token. */
export interface LlamaNext {
  /** Of the tokens asked for and of the likeliest one. */
  readonly logits?: ReadonlyMap<number, number>;
  /** Sum of e^(logit − highest logit) over all tokens. */
  readonly totalLogitWeight?: number;
}

/** Tokens that the model has read, with what it made of them. */
export interface LlamaSequence {
  /** How many tokens it has read. */
  readonly nextTokenIndex: number;
  /** Forgets what differs from `tokens`. */
  adaptStateToTokens(tokens: readonly number[], allowShift: false): Promise<void>;
  evaluateWithoutGeneratingNewTokens(tokens: readonly number[]): Promise<void>;
  /** `[input]` */
  controlledEvaluate(input: readonly LlamaInput[]): Promise<readonly ({ readonly next: LlamaNext } | undefined)[]>;
}

export type LlamaHistory = readonly (
  | { readonly type: 'system' | 'user'; readonly text: string }
  | { readonly type: 'model'; readonly response: readonly string[] }
)[];

export interface LlamaChat {
  readonly chatWrapper: {
    generateContextState(options: { readonly chatHistory: LlamaHistory }): {
      readonly contextText: { tokenize(tokenizer: LlamaModel['tokenizer']): number[] };
    };
  };
  generateResponse(
    history: LlamaHistory,
    options: {
      readonly maxTokens: number;
      readonly temperature: 0;
      readonly repeatPenalty: false;
      readonly trimWhitespaceSuffix: true;
      readonly signal: AbortSignal;
      readonly grammar?: LlamaGrammar;
      readonly onTextChunk: (text: string) => void;
      readonly onResponseChunk: (chunk: { readonly tokens: readonly number[] }) => void;
    },
  ): Promise<{ readonly response: string }>;
}

/**
 * The package from the first of `folders` that has it, else as Node resolves it from here.
 * @throws ModelError `refused` where it is not installed, or is none that is known here.
 */
export async function importLlamaPackage(folders: readonly string[]): Promise<LlamaPackage> {
  const entries = folders.map((folder) => join(folder, 'node_modules', 'node-llama-cpp', 'dist', 'index.js'));
  const entry = entries.find((file) => existsSync(file));
  const found: unknown = await load(entry === undefined ? 'node-llama-cpp' : pathToFileURL(entry).href);
  if (isPackage(found)) return found;
  throw new ModelError('refused', 'this node-llama-cpp is not the one that is known here: npm run llm:install');
}

/** A name in a variable: TypeScript looks for no types then, which are not there. */
async function load(specifier: string): Promise<unknown> {
  try {
    return await import(specifier);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
    const missing = specifier === 'node-llama-cpp';
    const problem = missing ? 'node-llama-cpp is not installed' : `node-llama-cpp cannot be loaded (${reason})`;
    throw new ModelError('refused', `${problem}: npm run llm:install`, { cause });
  }
}

function isPackage(found: unknown): found is LlamaPackage {
  const { getLlama, LlamaChat } = Object(found) as Record<string, unknown>;
  return typeof getLlama === 'function' && typeof LlamaChat === 'function';
}
