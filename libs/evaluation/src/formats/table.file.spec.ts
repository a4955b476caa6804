import { mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { TempFolder } from '../testing/temp-folder.js';
import { linesOf } from './file-lines.js';
import { readSequences } from './sequences.file.js';
import { readTable } from './table.file.js';

const folder = new TempFolder();
afterAll(() => folder.close());

async function read(content: string): Promise<string[]> {
  const rows: string[] = [];
  const columns = { required: ['user', 'item'], optional: ['fold'] } as const;
  await readTable(folder.write('table', content), columns, (cells, line) => {
    rows.push(`${line}: ${cells.join(' ')}`);
  });
  return rows;
}
const dataError = (message: RegExp, fix: RegExp) => ({
  code: 'DATA_FILE',
  message: expect.stringMatching(message),
  fix: expect.stringMatching(fix),
});

describe('readTable', () => {
  it('gives named cells, trimmed, with the line they are in', async () => {
    expect(await read('other,item,user,fold\n1, a ,ann,3\n\n,b,"bob, jr",\n')).toEqual(['2: ann a 3', '4: bob, jr b ']);
  });

  it('takes quotes within a cell as they are', async () => {
    const rows = await read(
      'user,item,fold\nann,5" pipe,\n"bob","say ""hi"", bob",2\n"","",""\n'.replace('"","",""', 'cy,"x"y,""'),
    );
    expect(rows).toEqual(['2: ann 5" pipe ', '3: bob say "hi", bob 2', '4: cy xy ']);
  });

  it('takes line breaks and delimiters within quotes, and counts lines by them', async () => {
    const rows = await read('user,item,fold\r\n"ann\r\nlee","a\n\nb",1\r\nbob,"c,d",2');
    expect(rows).toEqual(['2: ann\nlee a\n\nb 1', '6: bob c,d 2']);
  });

  it('takes a row of a MiB', async () => {
    const long = 'b'.repeat(1 << 20);
    expect(await read(`user,item\nann,${long}\nbob,"${long}"\n`)).toEqual([`2: ann ${long} `, `3: bob ${long} `]);
  });

  it('gives nothing for a first line alone', async () => {
    expect(await read('user,item')).toEqual([]);
  });

  it.each([
    [
      'no known column',
      'a,b\n1,2\n',
      /table has no column 'user' and 'item'$/,
      /^Name the columns .*user: user, user_id/,
    ],
    ['one column', 'item\n1\n', /has no column 'user'$/, /user: user/],
    ['a column twice', 'User,item,USER\nann,a,bob\n', /table has two columns 'user'$/, /^Name each column once/],
    ['a short row', 'user,item,x\nann,a,1\nbob,b\n', /:3: it has 2 cells, the first line 3$/, /^Mend the line/],
    ['a long row', 'user,item\nann,a\nbob,b,c\n', /:3: it has 3 cells, the first line 2$/, /^Mend the line/],
    ['an empty id', 'user,item\nann,a\n,b\n', /:3: no user$/, /^Give one, or leave the row out/],
    ['a blank id', 'user,item\nann, \n', /:2: no item$/, /^Give one, or leave the row out/],
    [
      'a quote that does not close',
      'user,item\nann,a\nbob,"b\ncy,c\n',
      /:3: a quote does not close$/,
      /^Mend the line/,
    ],
    ['one far from its end', `user,item\nann,"${'\n'.repeat(5_000)}"`, /:2: a quote does not close$/, /^Mend the line/],
  ])('refuses %s', async (_, content, message, fix) => {
    await expect(read(content)).rejects.toMatchObject(dataError(message, fix));
  });

  it('throws what its caller throws, and reads no further', async () => {
    const seen: number[] = [];
    const reading = readTable(folder.write('t', 'user,item\na,1\nb,2\nc,3\n'), { required: ['user'] }, (_, line) => {
      seen.push(line);
      if (line === 3) throw new RangeError('enough');
    });
    await expect(reading).rejects.toThrow(RangeError);
    expect(seen).toEqual([2, 3]);
  });
});

describe.each([
  ['a table', (path: string) => readTable(path, { required: ['user'] }, () => undefined)],
  ['sequences', (path: string) => readSequences([path])],
])('as %s', (_, open) => {
  const zippedTable = gzipSync(`user,item\n${Array.from({ length: 20_000 }, (_, i) => `u${i},${i * i}`).join('\n')}`);
  const zippedLines = gzipSync(Array.from({ length: 20_000 }, (_, i) => `u${i} ${i * i}`).join('\n'));
  const broken = (bytes: Buffer): Buffer => Buffer.concat([bytes.subarray(0, 9_000), Buffer.alloc(9_000, 7)]);

  it.each([
    ['an empty file', Buffer.alloc(0), /hostile is empty$/],
    ['a table cut off within gzip', zippedTable.subarray(0, -2_000), /hostile is a broken gzip file/],
    ['lines cut off within gzip', zippedLines.subarray(0, -2_000), /hostile is a broken gzip file|no column/],
    ['gzip with bad bytes', broken(zippedTable), /hostile( is a broken gzip file|:\d+: |: no)/],
    ['the first bytes of gzip', Buffer.of(0x1f, 0x8b), /hostile is a broken gzip file/],
    ['gzip with nothing in it', gzipSync(''), /hostile(: no sequence in it| has no column)/],
    ['bytes that are no text', Buffer.from([...Array(2_000).keys()].map((i) => i * 7)), /hostile is no text in UTF-8$/],
    ['UTF-16', Buffer.from('\uFEFFuser,item\nann,a\n', 'utf16le'), /hostile is no text in UTF-8$/],
  ])('refuses %s', async (_, content, message) => {
    await expect(open(folder.write('hostile', content))).rejects.toMatchObject(dataError(message, /./));
  });

  it('refuses what is not there, and a folder', async () => {
    await expect(open(folder.at('nothing'))).rejects.toMatchObject(
      dataError(/nothing cannot be read \(ENOENT\)$/, /^Check the path/),
    );
    mkdirSync(folder.at('inner'), { recursive: true });
    await expect(open(folder.at('inner'))).rejects.toMatchObject(dataError(/inner is no file$/, /^Name a file/));
  });
});

describe('linesOf', () => {
  it('joins what chunks cut apart, and can be left early', async () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => `${i} ${'é'.repeat(i % 97)}`);
    const path = folder.write('lines', lines.join('\r\n'));
    const found: string[] = [];
    for await (const line of linesOf(path)) found.push(line);
    expect(found).toEqual(lines);
    for await (const line of linesOf(path)) {
      expect(line).toBe('0 ');
      break;
    }
  });
});
