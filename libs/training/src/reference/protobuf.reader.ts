/** A field of a protocol buffers message: a number, or the bytes of a text, a list or another message. */
export type FieldValue = number | Uint8Array;

/** Fields of a message by number, each in the order of its values. */
export type Fields = ReadonlyMap<number, readonly FieldValue[]>;

/** 64 bits by 7. */
const LONGEST_VARINT = 10;

const decoder = new TextDecoder();

/** Tags are numbers of 32 bits: one parser refuses what is larger, another forgets its upper bits. */
const TAGS = 2 ** 32;

/** Takes a message apart. Throws RangeError where it ends too early, or has a wire type other than 0, 2 and 5 or a larger tag. */
export function readMessage(bytes: Uint8Array): Fields {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields = new Map<number, FieldValue[]>();
  let at = 0;
  const varint = (): number => {
    const start = at;
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = view.getUint8(at++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      if (at - start === LONGEST_VARINT) throw new RangeError(`a number at byte ${start} is longer than 10 bytes`);
    }
  };
  const value = (wire: number): FieldValue => {
    if (wire === 0) return varint();
    const length = wire === 2 ? varint() : wire === 5 ? 4 : NaN;
    if (!(at + length <= bytes.length)) throw new RangeError(`no field of wire type ${wire} at byte ${at}`);
    at += length;
    return wire === 5 ? view.getFloat32(at - 4, true) : bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag >= TAGS) throw new RangeError(`a tag before byte ${at} has more than 32 bits`);
    const number = Math.floor(tag / 8);
    const before = fields.get(number);
    if (before === undefined) fields.set(number, [value(tag % 8)]);
    else before.push(value(tag % 8));
  }
  return fields;
}

export const numbersOf = (fields: Fields, field: number): number[] => (fields.get(field) ?? []).map(Number);

export const bytesOf = (fields: Fields, field: number): Uint8Array[] =>
  (fields.get(field) ?? []).filter((value) => typeof value !== 'number');

export const textsOf = (fields: Fields, field: number): string[] =>
  bytesOf(fields, field).map((bytes) => decoder.decode(bytes));

export const messagesOf = (fields: Fields, field: number): Fields[] => bytesOf(fields, field).map(readMessage);
