import { bytesOf, type Fields, messagesOf, numbersOf, readMessage, textsOf } from './protobuf.reader.js';
import { type Values, valuesOf } from './values.js';

export interface DecodedNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}

export type AttributeValue = number | readonly number[] | string;

export interface DecodedModel {
  readonly nodes: readonly DecodedNode[];
  readonly constants: ReadonlyMap<string, Values>;
  /** Shapes by name; undefined for a dimension that is left open. */
  readonly inputs: ReadonlyMap<string, readonly (number | undefined)[]>;
  readonly outputs: readonly string[];
}

/** Reads what `encodeModel` wrote. Throws RangeError for what is no such model. */
export function decodeModel(bytes: Uint8Array): DecodedModel {
  const [graph] = messagesOf(readMessage(bytes), 7);
  if (graph === undefined) throw new RangeError('an ONNX model has a graph');
  return {
    nodes: messagesOf(graph, 1).map(decodeNode),
    constants: new Map(messagesOf(graph, 5).map(decodeConstant)),
    inputs: new Map(messagesOf(graph, 11).map(decodeInput)),
    outputs: messagesOf(graph, 12).map((output) => nameOf(output, 1)),
  };
}

function decodeNode(fields: Fields): DecodedNode {
  return {
    op: nameOf(fields, 4),
    inputs: textsOf(fields, 1),
    outputs: textsOf(fields, 2),
    attributes: new Map(messagesOf(fields, 5).map((one) => [nameOf(one, 1), attributeValue(one)] as const)),
  };
}

/** By the type in field 20: float, int, text or ints. */
function attributeValue(fields: Fields): AttributeValue {
  const type = numbersOf(fields, 20)[0];
  if (type === 3) return nameOf(fields, 4);
  if (type === 7) return numbersOf(fields, 8);
  return numbersOf(fields, type === 1 ? 2 : 3)[0] ?? NaN;
}

function decodeConstant(fields: Fields): readonly [string, Values] {
  const raw = bytesOf(fields, 9)[0]?.slice().buffer ?? new ArrayBuffer(0);
  const data = Float64Array.from(rawNumbers(numbersOf(fields, 2)[0], raw));
  return [nameOf(fields, 8), valuesOf(data, numbersOf(fields, 1))];
}

function rawNumbers(type: number | undefined, raw: ArrayBuffer): Iterable<number> {
  if (type === 1) return new Float32Array(raw);
  if (type === 6) return new Int32Array(raw);
  return type === 7 ? Array.from(new BigInt64Array(raw), Number) : new Uint8Array(raw);
}

function decodeInput(fields: Fields): readonly [string, readonly (number | undefined)[]] {
  const shape = messagesOf(fields, 2).flatMap((type) =>
    messagesOf(type, 1).flatMap((tensor) => messagesOf(tensor, 2).flatMap((dims) => messagesOf(dims, 1))),
  );
  return [nameOf(fields, 1), shape.map((dim) => numbersOf(dim, 1)[0])];
}

function nameOf(fields: Fields, field: number): string {
  return textsOf(fields, field)[0] ?? '';
}
