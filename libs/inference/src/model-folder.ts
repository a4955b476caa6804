import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { textModelSchema, type TextModelSpec } from './model-folder.schema.js';

const SPEC_FILE = 'attune.model.json';
const TOKENIZER_FILE = 'tokenizer.json';
const TOKENIZER_CONFIG_FILE = 'tokenizer_config.json';

/** A model folder that cannot be used. The message names folder, file, cause and fix in one line. */
export class ModelFolderError extends Error {
  override readonly name = 'ModelFolderError';

  constructor(folder: string, problem: string, options?: ErrorOptions) {
    super(`model folder ${folder}: ${problem}`, options);
  }
}

/** A model folder, read and checked. */
export interface TextModelFolder {
  readonly spec: TextModelSpec;
  /** Path of the ONNX file. */
  readonly modelPath: string;
  /** Parsed `tokenizer.json` and `tokenizer_config.json`. */
  readonly tokenizer: object;
  readonly tokenizerConfig: object;
  /** SHA-256 (hex) over everything that decides a vector: model, tokenizer and spec. Formatting of the spec is no part. */
  readonly digest: string;
}

/**
 * Reads `attune.model.json`, the tokenizer and the model's digest.
 * @throws ModelFolderError when a file is missing, is no JSON object, or the spec is wrong.
 */
export async function readTextModelFolder(folder: string): Promise<TextModelFolder> {
  const spec = parseSpec(folder, await readJson(folder, SPEC_FILE));
  const tokenizer = await readJson(folder, TOKENIZER_FILE);
  const tokenizerConfig = await readJson(folder, TOKENIZER_CONFIG_FILE);
  const digest = createHash('sha256').update(JSON.stringify(spec));
  for (const file of [TOKENIZER_FILE, TOKENIZER_CONFIG_FILE, spec.file]) {
    digest.update(`\n${file} ${await sha256(folder, file)}`);
  }
  return { spec, modelPath: join(folder, spec.file), tokenizer, tokenizerConfig, digest: digest.digest('hex') };
}

function parseSpec(folder: string, json: object): TextModelSpec {
  const parsed = textModelSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': '));
  throw new ModelFolderError(folder, `${SPEC_FILE} is wrong: ${problems.join('; ')}`);
}

/** A JSON object of a model folder. @throws ModelFolderError when it is missing or none. */
export async function readJson(folder: string, file: string): Promise<object> {
  const text = await readFile(join(folder, file), 'utf8').catch((cause: unknown) => missing(folder, file, cause));
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json;
  } catch (cause) {
    throw new ModelFolderError(folder, `${file} is not valid JSON; restore it from the model's source`, { cause });
  }
  throw new ModelFolderError(folder, `${file} must hold a JSON object; restore it from the model's source`);
}

async function sha256(folder: string, file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(folder, file)), hash).catch((cause: unknown) => missing(folder, file, cause));
  return hash.digest('hex');
}

function missing(folder: string, file: string, cause: unknown): never {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unreadable';
  const fix = code === 'ENOENT' ? 'copy it there, or correct the path of the folder' : 'check its permissions';
  throw new ModelFolderError(folder, `cannot read ${file} (${code}); ${fix}`, { cause });
}
