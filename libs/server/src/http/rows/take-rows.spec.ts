import { Readable } from 'node:stream';
import { z } from 'zod';
import { NdjsonBody } from './ndjson.js';
import { takeRows } from './take-rows.js';

const row = z.strictObject({ id: z.string(), n: z.int().optional() });
type Row = z.output<typeof row>;

async function take(chunks: Iterable<string | Buffer>) {
  const stored: (readonly Row[])[] = [];
  const body = new NdjsonBody(Readable.from(chunksOf(chunks)));
  const refused = await takeRows(
    { rows: body.rows(), streamed: true },
    { row, store: (rows) => Promise.resolve(void stored.push([...rows])) },
  );
  return { stored, ...refused };
}

function* chunksOf(chunks: Iterable<string | Buffer>): Generator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk as string);
}

describe('a feed', () => {
  it('keeps good rows and names the line of each bad one', async () => {
    const { stored, rejected, rejectedCount } = await take([
      '{"id":"a"}\r\n\n   \n{"id":',
      '"b"}\nno json\n{"id":7}\n{"id":"c","__proto__":{}}\n{"id":"\\u0064"}\n[]\n',
      Buffer.from([0x22, 0xff, 0x22, 0x0a]),
      '{"id":"last"}',
    ]);
    expect(stored.flat().map(({ id }) => id)).toEqual(['a', 'b', 'd', 'last']);
    expect(rejectedCount).toBe(5);
    expect(rejected).toMatchObject([
      { index: 4, code: 'MALFORMED_JSON', pointer: '/4' },
      { index: 5, code: 'VALIDATION_FAILED', pointer: '/5/id' },
      { index: 6, code: 'MALFORMED_JSON', message: expect.stringContaining('__proto__') },
      { index: 8, code: 'VALIDATION_FAILED', pointer: '/8' },
      { index: 9, code: 'MALFORMED_JSON', message: expect.stringContaining('UTF-8') },
    ]);
  });

  it('takes a line of a mebibyte, refuses a longer one, and goes on', async () => {
    const line = (bytes: number): string => `{"id":"${'x'.repeat(bytes - 9)}"}\n`;
    const { stored, rejected } = await take([line(1024 * 1024), line(1024 * 1024 + 1), '{"id":"after"}\n']);
    expect(stored.flat().map(({ id }) => id.length)).toEqual([1024 * 1024 - 9, 5]);
    expect(rejected).toEqual([
      { index: 1, code: 'LINE_TOO_LONG', message: expect.stringContaining('1 MiB'), pointer: '/1' },
    ]);
  });

  it('names a thousand bad rows and counts the rest', async () => {
    const { rejected, rejectedCount } = await take(Array.from({ length: 2_500 }, () => '7\n'));
    expect(rejected.length).toBe(1_000);
    expect(rejected.at(-1)).toMatchObject({ index: 999 });
    expect(rejectedCount).toBe(2_500);
  });

  it('stores a thousand rows at a time, fewer where they are large', async () => {
    const rows = (count: number, size: number) =>
      Array.from({ length: count }, (_, i) => `${JSON.stringify({ id: `${i}`.padEnd(size) })}\n`);
    expect((await take(rows(2_100, 1))).stored.map(({ length }) => length)).toEqual([1_000, 1_000, 100]);
    const large = (await take(rows(20, 512 * 1024))).stored.map(({ length }) => length);
    expect(large).toEqual([8, 8, 4]);
  });

  it('is read no faster than it is stored', async () => {
    let read = 0;
    let kept = 0;
    let furthest = 0;
    const source = function* (): Generator<Buffer> {
      for (; read < 200; read++) yield Buffer.from('{"id":"x"}\n'.repeat(100));
    };
    const store = async (rows: readonly Row[]): Promise<void> => {
      furthest = Math.max(furthest, read * 100 - kept);
      await new Promise((resolve) => setImmediate(resolve));
      kept += rows.length;
    };
    await takeRows({ rows: new NdjsonBody(Readable.from(source())).rows(), streamed: true }, { row, store });
    expect(kept).toBe(20_000);
    expect(furthest).toBeLessThan(5_000);
  });

  it('keeps what was stored before it broke off', async () => {
    const stored: string[] = [];
    const source = function* (): Generator<Buffer> {
      yield Buffer.from('{"id":"x"}\n'.repeat(1_500));
      throw new Error('gone');
    };
    const store = (rows: readonly Row[]): Promise<void> =>
      Promise.resolve(void stored.push(...rows.map(({ id }) => id)));
    const body = new NdjsonBody(Readable.from(source()));
    await expect(takeRows({ rows: body.rows(), streamed: true }, { row, store })).rejects.toThrow('gone');
    expect(stored.length).toBe(1_000);
  });
});
