import { MadeModel } from './fixtures/made-model.js';
import { ggufModelId } from './gguf-file.js';

const made = new MadeModel();
afterAll(() => made.remove());

const MIB = 1 << 20;
const gguf = (bytes: number, change: { readonly [at: number]: number } = {}): Buffer => {
  const content = Buffer.alloc(bytes);
  content.write('GGUF');
  content[4] = 3;
  for (const [at, value] of Object.entries(change)) content[Number(at)] = value;
  return content;
};

describe('ggufModelId', () => {
  it('names a file, and another one by another id', async () => {
    const id = (bytes: Buffer) => ggufModelId(made.put('a.gguf', bytes));
    const first = await id(gguf(3 * MIB));
    expect(first).toMatch(/^gguf:a\.gguf@[0-9a-f]{12}$/);
    expect(await id(gguf(3 * MIB))).toBe(first);
    const others = [gguf(3 * MIB + 1), gguf(3 * MIB, { [MIB - 1]: 1 }), gguf(3 * MIB, { [3 * MIB - 1]: 1 })];
    const ids = await Promise.all(others.map((bytes, i) => ggufModelId(made.put(`${i}.gguf`, bytes))));
    const digests = [first, ...ids].map((one) => one.split('@')[1]);
    expect(new Set(digests).size).toBe(4);
  });

  it('takes a file that is shorter than what it reads of its ends', async () => {
    expect(await ggufModelId(made.put('short.gguf', gguf(8)))).toMatch(/^gguf:short\.gguf@/);
  });

  it.each([
    ['is not there', () => `${made.folder}/gone.gguf`, /gone\.gguf cannot be read \(ENOENT\): put it there$/],
    ['is a folder', () => made.folder, /is no file: name the \.gguf file of a model$|cannot be read \(EISDIR\)/],
    ['is empty', () => made.put('empty.gguf', ''), /empty\.gguf is no GGUF file: name the \.gguf file/],
    ['is something else', () => made.put('x.gguf', '<!doctype html>'), /x\.gguf is no GGUF file: name/],
    [
      'has a future version',
      () => made.put('v9.gguf', gguf(64, { 4: 9 })),
      /has version 9 of GGUF, not 2 or 3: convert/,
    ],
  ])('refuses what %s, with file, cause and fix', async (_, file, message) => {
    await expect(ggufModelId(file())).rejects.toMatchObject({
      name: 'ModelError',
      kind: 'refused',
      message: expect.stringMatching(message),
    });
  });
});
