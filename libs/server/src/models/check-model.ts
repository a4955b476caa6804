import { readOnnxFile, type OnnxFile } from '@attune/inference';
import { FOREIGN, needsItems, type ForeignDeclaration, type ForeignMeta } from '@attune/plugins';
import type { ArtifactDraft, GraphPort, GraphSession } from '@attune/sdk';
import { columnsOf, dryRun, outputOf } from './dry-run.js';
import { fitInputs, type DimsOf, type FittedInput } from './fit-inputs.js';
import type { ModelImport } from './model-import.schema.js';
import { decodeNpy } from './npy.decoder.js';
import { repeatExamples } from './recorded-examples.js';
import { reasonOf, refuseModel } from './refuse-model.js';

export interface CheckParts {
  readonly graphs: GraphPort;
  readonly dimsOf: DimsOf;
}

/** A model that may be served. */
export interface CheckedModel {
  readonly draft: ArtifactDraft;
  readonly meta: ForeignMeta;
}

/** Candidates of the second trial: a graph whose first dimension is fixed shows it. */
const TRIED_ROWS = 3;

/**
 * Proves a model made elsewhere before it is stored: its file is read, its inputs are fitted to the declaration, it is run
 * on made-up inputs and on what was recorded. Makes the artifact of it.
 *
 * @throws AttuneError `MODEL_UNUSABLE` with the fix
 */
export async function checkModel(given: ModelImport, { graphs, dimsOf }: CheckParts): Promise<CheckedModel> {
  const bytes = bytesOf(given.onnx);
  const { declaration } = given;
  const file = readFile(bytes);
  const inputs = fitInputs(file, declaration, dimsOf);
  const ids = idsOf(given, inputs);
  const session = await graphs.open(bytes).catch((error: unknown) => {
    throw refuseModel(`the file does not open: ${reasonOf(error)}`, '/onnx', error);
  });
  try {
    const vectors = declaration.kind === 'scorer' ? undefined : await itemVectors(given, session, { inputs, ids });
    if (declaration.kind === 'scorer') await tryScorer(declaration, session, { inputs, ids });
    await repeatExamples(session, inputs, given.examples ?? [], declaration.tolerance);
    const named = inputs.map(({ name, type, rank }) => ({ name, type, rank }));
    const meta: ForeignMeta = {
      declaration,
      inputs: named,
      dims: vectors === undefined ? 0 : vectors.length / ids.length,
    };
    return {
      meta,
      draft: {
        // What JSON leaves out, such as members that are undefined, is not part of what is stored.
        meta: JSON.parse(JSON.stringify(meta)) as ArtifactDraft['meta'],
        arrays: { [FOREIGN.graph]: bytes, ...(vectors && { [FOREIGN.vectors]: vectors }) },
        ids: ids.length === 0 ? {} : { [FOREIGN.items]: ids },
      },
    };
  } finally {
    await session.close();
  }
}

/** A copy of its own: decoded bytes may share their memory with others. */
const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

function readFile(bytes: Uint8Array): OnnxFile {
  let file: OnnxFile;
  try {
    file = readOnnxFile(bytes);
  } catch (error) {
    throw refuseModel(`${reasonOf(error)}: export it as ONNX`, '/onnx', error);
  }
  if (file.hasExternalData)
    throw refuseModel('the file keeps numbers in other files: export it as one file, without external data', '/onnx');
  const wrong = file.outputs.find(({ type }) => type !== 'float32');
  if (wrong !== undefined)
    throw refuseModel(`output "${wrong.name}" is of type ${wrong.type}: export float32 outputs only`, '/onnx');
  return file;
}

function idsOf({ items, declaration }: ModelImport, inputs: readonly FittedInput[]): readonly string[] {
  const ids = items ?? [];
  if (new Set(ids).size < ids.length) throw refuseModel('an item id is there twice: give each row its own', '/items');
  const fed = inputs.find(({ feed }) => needsItems(feed) || feed.feed === 'history-length');
  if (ids.length > 0 || (fed === undefined && declaration.kind === 'scorer')) return ids;
  const why = fed === undefined ? 'a user encoder has vectors of items' : `input "${fed.name}" is rows of items`;
  throw refuseModel(`${why}: say which item each row is`, '/items');
}

interface Tried {
  readonly inputs: readonly FittedInput[];
  readonly ids: readonly string[];
}

/** Runs with the first item and with the last, with every feed at its first, its last and its least. */
async function tryRows(
  { firstRow, coldUser }: ForeignDeclaration,
  session: GraphSession,
  { inputs, ids }: Tried,
  rows: number,
): Promise<Readonly<Record<string, Float32Array>>> {
  const trial = { inputs, rows, shortest: coldUser === 'pad' ? 0 : 1 } as const;
  const first = await dryRun(session, { ...trial, values: 'first', row: firstRow });
  await dryRun(session, { ...trial, values: 'last', row: firstRow + Math.max(0, ids.length - 1) });
  await dryRun(session, { ...trial, values: 'least', row: firstRow });
  return first;
}

async function tryScorer(
  declaration: Extract<ForeignDeclaration, { readonly kind: 'scorer' }>,
  session: GraphSession,
  tried: Tried,
): Promise<void> {
  const alone = columnsOf(await tryRows(declaration, session, tried, 1), declaration.score, 1);
  const several = columnsOf(await tryRows(declaration, session, tried, TRIED_ROWS), declaration.score, TRIED_ROWS);
  if (alone !== several)
    throw refuseModel(
      `output "${declaration.score.output}" has ${alone} columns for one candidate, and ${several} for ${TRIED_ROWS}`,
      '/declaration/score/output',
    );
}

/** Vectors of the items `[items × dims]`, from their file or from an output, fitted to the user's. */
async function itemVectors(given: ModelImport, session: GraphSession, tried: Tried): Promise<Float32Array> {
  const { declaration } = given;
  if (declaration.kind === 'scorer') throw new RangeError('a scorer has no item vectors');
  const { user, vectors: source, firstRow } = declaration;
  const outputs = await tryRows(declaration, session, tried, 1);
  const dims = outputOf(outputs, user.output, '/declaration/user/output').length;
  if ((source === undefined) === (given.vectors === undefined))
    throw refuseModel('give the vectors of the items either as a file or by the name of an output', '/vectors');
  const all = source
    ? { data: outputOf(outputs, source.output, '/declaration/vectors/output'), pointer: '/declaration/vectors/output' }
    : { data: fromFile(given.vectors!, dims), pointer: '/vectors' };
  const rows = all.data.length / dims;
  const items = tried.ids.length;
  if (rows !== items && rows !== firstRow + items)
    throw refuseModel(
      `there are vectors for ${rows} rows of ${dims} numbers, and ${items} items from row ${firstRow} on`,
      all.pointer,
    );
  return all.data.slice((rows - items) * dims);
}

function fromFile(base64: string, dims: number): Float32Array {
  try {
    const matrix = decodeNpy(bytesOf(base64));
    if (matrix.dims !== dims)
      throw new RangeError(`it has vectors of ${matrix.dims} numbers, and the user's has ${dims}`);
    if (!matrix.data.every(Number.isFinite)) throw new RangeError('it holds numbers that are not finite');
    return matrix.data;
  } catch (error) {
    throw refuseModel(`the file of item vectors cannot be used: ${reasonOf(error)}`, '/vectors', error);
  }
}
