import { type Fields, messagesOf, numbersOf, readMessage, textsOf } from '@attune/training';

/** An input or output of a graph, as its file declares it. */
export interface OnnxValue {
  readonly name: string;
  /** `float32`, `int64`, …; what is no tensor is `not a tensor`. */
  readonly type: string;
  /** A dimension that is left open is undefined; undefined as a whole where nothing is said. */
  readonly shape: readonly (number | undefined)[] | undefined;
}

export interface OnnxFile {
  /** Inputs that a run must fill: those with a value in the file are left out. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Whether numbers of it lie in other files. */
  readonly hasExternalData: boolean;
}

/** Names of the element types, by their numbers in the format. */
const TYPES =
  'undefined float32 uint8 int8 uint16 int16 int32 int64 string bool float16 float64 uint32 uint64 complex64 complex128 bfloat16'.split(
    ' ',
  );
/** Larger ones are negative numbers, by which some exporters leave a dimension open. */
const MAX_DIM = 2 ** 31;
/** Deeper graphs in graphs are not looked at, and nobody exports them. */
const MAX_DEPTH = 16;

/** Reads what an ONNX file says of itself, without running it. @throws RangeError where it is no ONNX file. */
export function readOnnxFile(bytes: Uint8Array): OnnxFile {
  try {
    const model = readMessage(bytes);
    const graph = only(messagesOf, model, 7);
    if (graph === undefined) throw new RangeError('it has no graph');
    const given = new Set(messagesOf(graph, 5).map((tensor) => textOf(tensor, 8)));
    const outputs = messagesOf(graph, 12).map(valueOf);
    if (outputs.length === 0) throw new RangeError('its graph has no output');
    const functions = messagesOf(model, 25);
    const inFunctions = functions.flatMap((one) => messagesOf(one, 7));
    const defaults = functions.flatMap((one) => messagesOf(one, 11));
    return {
      inputs: messagesOf(graph, 11)
        .map(valueOf)
        .filter(({ name }) => !given.has(name)),
      outputs,
      hasExternalData:
        reachesOut(graph, 0) ||
        inFunctions.some((node) => nodeReachesOut(node, 0)) ||
        defaults.some((attribute) => attributeReachesOut(attribute, 0)),
    };
  } catch (error) {
    throw new RangeError(`no ONNX file: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** A field that comes once or not at all. Parsers merge what comes twice: they would read another model than we do. */
function only<T>(read: (fields: Fields, field: number) => readonly T[], fields: Fields, field: number): T | undefined {
  const count = fields.get(field)?.length ?? 0;
  if (count > 1) throw new RangeError(`field ${field} of a message is there ${count} times, and it may be there once`);
  return read(fields, field)[0];
}

const textOf = (fields: Fields, field: number): string => only(textsOf, fields, field) ?? '';

function valueOf(fields: Fields): OnnxValue {
  const name = textOf(fields, 1);
  const declared = only(messagesOf, fields, 2);
  const tensor = declared && only(messagesOf, declared, 1);
  if (tensor === undefined) return { name, type: 'not a tensor', shape: undefined };
  const number = only(numbersOf, tensor, 1) ?? 0;
  const shape = only(messagesOf, tensor, 2);
  return {
    name,
    type: TYPES[number] ?? `type ${number}`,
    shape: shape && messagesOf(shape, 1).map(sizeOf),
  };
}

function sizeOf(dim: Fields): number | undefined {
  const size = only(numbersOf, dim, 1);
  return size !== undefined && size <= MAX_DIM ? size : undefined;
}

/** Whether a tensor of the graph, or of graphs in it, lies in another file. */
function reachesOut(graph: Fields, depth: number): boolean {
  if (depth > MAX_DEPTH) throw new RangeError(`graphs in graphs are more than ${MAX_DEPTH} deep`);
  const sparse = messagesOf(graph, 15).flatMap((one) => [...messagesOf(one, 1), ...messagesOf(one, 2)]);
  return (
    [...messagesOf(graph, 5), ...sparse].some(isElsewhere) ||
    messagesOf(graph, 1).some((node) => nodeReachesOut(node, depth))
  );
}

const nodeReachesOut = (node: Fields, depth: number): boolean =>
  messagesOf(node, 5).some((attribute) => attributeReachesOut(attribute, depth));

function attributeReachesOut(attribute: Fields, depth: number): boolean {
  const sparse = [22, 23].flatMap((field) => messagesOf(attribute, field));
  const ofSparse = sparse.flatMap((one) => [...messagesOf(one, 1), ...messagesOf(one, 2)]);
  const tensors = [...messagesOf(attribute, 5), ...messagesOf(attribute, 10), ...ofSparse];
  const graphs = [...messagesOf(attribute, 6), ...messagesOf(attribute, 11)];
  return tensors.some(isElsewhere) || graphs.some((graph) => reachesOut(graph, depth + 1));
}

/** Field 13 names the other file, field 14 says that there is one; every place of numbers but 0 counts as one. */
const isElsewhere = (tensor: Fields): boolean => tensor.has(13) || numbersOf(tensor, 14).some((place) => place !== 0);
