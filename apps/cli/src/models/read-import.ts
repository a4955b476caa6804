import { readFile, stat } from 'node:fs/promises';
import { UsageError } from '../exit-code.js';

/** Files of a model made elsewhere. */
export interface ImportFiles {
  readonly onnx: string;
  readonly kind: 'scorer' | 'user-encoder';
  /** The declaration, YAML or JSON. */
  readonly inputs: string;
  readonly items?: string;
  readonly itemVectors?: string;
  readonly examples?: string;
}

/** What the server answers. */
export interface ImportedModel {
  readonly name: string;
  readonly kind: string;
  readonly digest: string;
  readonly inputs: readonly string[];
  readonly items: number;
  readonly dims: number;
  readonly examples: number;
}

const GUIDE = 'docs/guides/import-a-model.md says what the files hold.';

/** The body of an import. Throws a UsageError that names the file, and its line where it has any. */
export async function readImport(files: ImportFiles): Promise<object> {
  const { items, itemVectors, examples } = files;
  return {
    declaration: await declarationOf(files),
    onnx: await base64Of(files.onnx),
    ...(items !== undefined && { items: idsOf(await textOf(items)) }),
    ...(itemVectors !== undefined && { vectors: await base64Of(itemVectors) }),
    ...(examples !== undefined && { examples: jsonOf(await textOf(examples), examples) }),
  };
}

async function declarationOf({ inputs, kind }: ImportFiles): Promise<unknown> {
  const { readDeclaration } = await import('@attune/server');
  try {
    const value = await readDeclaration(inputs, kind);
    if (value.kind === kind) return value;
    throw new UsageError(`${inputs} declares a ${value.kind}, not a ${kind}`, 'Give that as --kind.');
  } catch (error) {
    const findings = (error as { readonly findings?: readonly { readonly line: number; readonly cause: string }[] })
      .findings;
    if (findings === undefined) throw error;
    throw new UsageError(findings.map(({ line, cause }) => `${inputs}:${line}: ${cause}`).join('; '), GUIDE);
  }
}

async function base64Of(file: string): Promise<string> {
  const { MAX_FILE_BYTES } = await import('@attune/server');
  const { size } = await readable(file, () => stat(file));
  if (size > MAX_FILE_BYTES)
    throw new UsageError(`${file} has ${size} bytes, and ${MAX_FILE_BYTES} may be imported`, 'Make the model smaller.');
  if (size === 0) throw new UsageError(`${file} is empty`, GUIDE);
  return (await readable(file, () => readFile(file))).toString('base64');
}

const textOf = (file: string): Promise<string> => readable(file, () => readFile(file, 'utf8'));

async function readable<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`, 'Check the path and its permissions.');
  }
}

/** Lines of a text; the empty ones at its end are none. */
const idsOf = (text: string): readonly string[] => text.replace(/\s+$/, '').split(/\r?\n/);

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${(error as Error).message}`, GUIDE);
  }
}
