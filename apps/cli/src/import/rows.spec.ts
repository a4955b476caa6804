import fc from 'fast-check';
import { batchesOf } from './batches.js';
import { csvRows } from './csv.rows.js';
import { jsonlRows } from './jsonl.rows.js';
import { linesOf } from './lines.js';
import { MAX_ROW_BYTES, type Row } from './row.js';

async function* chunksOf(content: string | Buffer, size = 7): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const got: T[] = [];
  for await (const row of rows) got.push(row);
  return got;
}
const csv = (content: string, delimiter?: string) => all(csvRows(chunksOf(content), { file: 'f.csv', delimiter }));

describe('lines', () => {
  it('are those of the text, however it is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 1, max: 9 }),
        async (texts, size) => {
          const lines = texts.map((text) => text.replaceAll('\n', ''));
          const got = await all(linesOf(chunksOf(lines.map((line) => `${line}\n`).join(''), size)));
          expect(got.map(({ bytes }) => bytes!.toString())).toEqual(lines);
          expect(got.map(({ number }) => number)).toEqual(lines.map((_, i) => i + 1));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('longer than 1 MiB are left out, and those after are not', async () => {
    const got = await all(linesOf(chunksOf(`a\n${'x'.repeat(MAX_ROW_BYTES + 1)}\nb`, 65_536)));
    expect(got.map(({ bytes }) => bytes?.toString())).toEqual(['a', undefined, 'b']);
  });
});

describe('CSV', () => {
  it('gives each row the line where it begins, also after quoted line ends and blank lines', async () => {
    expect(await csv('a,b\n1,"x\ny"\n\n2,z\n')).toEqual([
      { line: 2, columns: { a: '1', b: 'x\ny' } },
      { line: 5, columns: { a: '2', b: 'z' } },
    ]);
  });

  it('tells its delimiter from the first line, and keeps stray quotes', async () => {
    expect(await csv('a;b\n1;5" pipe\n')).toEqual([{ line: 2, columns: { a: '1', b: '5" pipe' } }]);
    expect(await csv('a\tb\n1\t2\n')).toEqual([{ line: 2, columns: { a: '1', b: '2' } }]);
    expect(await csv('a,b\n1,2\n', ';')).toEqual([{ line: 2, columns: { 'a,b': '1,2' } }]);
  });

  it('refuses ragged rows and goes on', async () => {
    const rows = await csv('a,b\n1\n1,2\n1,2,3\n');
    expect(rows.map((row) => ('fault' in row ? row.fault : row.columns))).toEqual([
      'it has 1 cells, the header 2',
      { a: '1', b: '2' },
      'it has 3 cells, the header 2',
    ]);
  });

  it('a line that is too long costs its row only', async () => {
    const rows = await all(
      csvRows(chunksOf(`a,b\n1,2\n${'x'.repeat(MAX_ROW_BYTES * 2)}\n3,4\n`, 65_536), { file: 'f' }),
    );
    expect(rows.map((row) => [row.line, 'fault' in row])).toEqual([
      [2, false],
      [3, true],
      [4, false],
    ]);
  });
});

describe('JSONL', () => {
  it('refuses what is no object, line by line', async () => {
    const rows = await all(jsonlRows(chunksOf('{"a":1}\r\n\n[1]\nnull\n{"a":\n{"b":2}')));
    expect(rows.map((row) => ('fault' in row ? [row.line, row.fault] : row.columns))).toEqual([
      { a: 1 },
      [3, 'it is JSON, and no object'],
      [4, 'it is JSON, and no object'],
      [5, 'it is not JSON'],
      { b: 2 },
    ]);
  });
});

describe('batches', () => {
  it('hold every row after a line once, and the last line they cover', async () => {
    async function* rows(): AsyncGenerator<Row> {
      for (let line = 1; line <= 2_500; line++)
        yield line % 100 === 0 ? { line, fault: 'bad' } : { line, columns: { line } };
    }
    const seen: unknown[] = [];
    const batches = await all(batchesOf(rows(), () => (row) => (seen.push(row.line), row.columns), 300));
    expect(batches.map(({ line }) => line)).toEqual([1_300, 2_300, 2_500]);
    expect(batches.flatMap(({ rows: sent }) => sent).length).toBe(2_200 - 22);
    expect(batches.flatMap(({ rejected }) => rejected)[0]).toEqual({ line: 400, reason: 'bad' });
    expect(seen.length).toBe(2_475); // those before are mapped too: later rows may inherit from them
  });
});
