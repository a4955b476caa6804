import { decodeNpy } from './npy.decoder.js';

interface NpyParts {
  readonly descr?: string;
  readonly order?: string;
  readonly shape?: string;
  readonly version?: number;
  readonly numbers?: readonly number[];
}

/** As `numpy.save` writes it. */
function npy({
  descr = '<f4',
  order = 'False',
  shape = '(2, 3)',
  version = 1,
  numbers = [1, 2, 3, 4, 5, 6],
}: NpyParts) {
  const header = Buffer.from(`{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`, 'latin1');
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  length.writeUInt8(header.length, 0);
  const magic = Buffer.from('\x93NUMPY', 'latin1');
  return Buffer.concat([
    magic,
    Buffer.from([version, 0]),
    length,
    header,
    Buffer.from(Float32Array.from(numbers).buffer),
  ]);
}

describe('decodeNpy', () => {
  it.each([1, 2])('reads rows of float32, version %i', (version) => {
    expect(decodeNpy(npy({ version }))).toEqual({ rows: 2, dims: 3, data: Float32Array.of(1, 2, 3, 4, 5, 6) });
  });

  it.each([
    ['no such file', Buffer.from('1,2,3 and some more'), 'it is no .npy file'],
    ['nothing', Buffer.alloc(0), 'it is no .npy file'],
    ['doubles', npy({ descr: '<f8' }), "its numbers are <f8: save it by .astype('float32')"],
    ['columns first', npy({ order: 'True' }), 'it is in Fortran order'],
    ['a list', npy({ shape: '(6,)' }), 'it has no two dimensions'],
    ['no rows', npy({ shape: '(0, 3)' }), 'it has no two dimensions'],
    ['too few numbers', npy({ shape: '(3, 3)' }), 'it has 24 bytes of numbers, not those of 3 × 3: it is cut off'],
    ['a shape beyond all memory', npy({ shape: '(999999999, 999999999)' }), 'it is cut off'],
    ['half a header', npy({}).subarray(0, 30), 'it is cut off in its header'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decodeNpy(bytes)).toThrow(message);
  });
});
