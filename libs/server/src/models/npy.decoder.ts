/** A matrix of a .npy file. */
export interface NpyMatrix {
  readonly rows: number;
  readonly dims: number;
  /** `[rows × dims]` */
  readonly data: Float32Array;
}

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
/** Magic and version, before the length of the header. */
const PREFIX_BYTES = 8;

/** Reads a .npy file (versions 1 to 3) of float32 [rows, dims], row by row. @throws RangeError with the fix. */
export function decodeNpy(bytes: Uint8Array): NpyMatrix {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < PREFIX_BYTES + 4 || !file.subarray(0, MAGIC.length).equals(MAGIC))
    throw new RangeError('it is no .npy file: write it by numpy.save');
  const lengthBytes = file[6] === 1 ? 2 : 4;
  const start = PREFIX_BYTES + lengthBytes;
  const end = start + (lengthBytes === 2 ? file.readUInt16LE(PREFIX_BYTES) : file.readUInt32LE(PREFIX_BYTES));
  if (end > file.length) throw new RangeError('it is cut off in its header');
  const header = file.toString('latin1', start, end);
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  if (type !== '<f4') throw new RangeError(`its numbers are ${type ?? 'unknown'}: save it by .astype('float32')`);
  if (!/'fortran_order':\s*False/.test(header)) throw new RangeError('it is in Fortran order: save it in C order');
  const shape = /'shape':\s*\(\s*(\d+)\s*,\s*(\d+)\s*\)/.exec(header);
  const [rows, dims] = [Number(shape?.[1]), Number(shape?.[2])];
  if (shape === null || rows < 1 || dims < 1) throw new RangeError('it has no two dimensions: [items, dims]');
  if (file.length - end !== rows * dims * 4)
    throw new RangeError(`it has ${file.length - end} bytes of numbers, not those of ${rows} × ${dims}: it is cut off`);
  const data = new Float32Array(rows * dims);
  for (let i = 0; i < data.length; i++) data[i] = file.readFloatLE(end + i * 4);
  return { rows, dims, data };
}
