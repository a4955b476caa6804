import { gzipSync } from 'node:zlib';
import { TempFolder } from '../testing/temp-folder.js';
import { readSequences, type SequenceData } from './sequences.file.js';

const folder = new TempFolder();
afterAll(() => folder.close());

let files = 0;
const file = (content: string | Uint8Array): string => folder.write(`${(files += 1)}`, content);
const read = (...contents: readonly (string | Uint8Array)[]): Promise<SequenceData> =>
  readSequences(contents.map(file));

/** Ids of each user's items, in order. */
const told = ({ userIds, itemIds, sequences }: SequenceData): Record<string, string> =>
  Object.fromEntries(userIds.map((id, u) => [id, Array.from(sequences[u]!, (row) => itemIds[row]!).join(' ')]));

describe('lines of ids', () => {
  it.each([
    ['blanks', 'ann a b a\nbob c b\n'],
    ['tabs, and blanks at both ends', '  ann\ta  b a \nbob c\tb'],
    ['CRLF', 'ann a b a\r\nbob c b\r\n'],
    ['a byte order mark, and empty lines', '\uFEFF\n\nann a b a\n\nbob c b\n\n'],
  ])('are read with %s', async (_, content) => {
    const data = await read(content);
    expect(told(data)).toEqual({ ann: 'a b a', bob: 'c b' });
    expect(data.itemIds).toEqual(['a', 'b', 'c']);
    expect(data.notes).toEqual([]);
  });

  it('go on where an earlier line of the user ends, in one file or in several', async () => {
    expect(told(await read('ann a b\nbob c\nann c a\n', 'bob a\nann b'))).toEqual({ ann: 'a b c a b', bob: 'c a' });
  });

  it('may be as long as a history is', async () => {
    const items = Array.from({ length: 300_000 }, (_, i) => `i${i % 7}`);
    const line = `ann ${items.join(' ')}`;
    expect(Buffer.byteLength(line)).toBeGreaterThan(800_000);
    expect(told(await read(`${line}\nbob x`))).toEqual({ ann: items.join(' '), bob: 'x' });
  });

  it.each([
    ['an id alone', 'ann a\nbob\n', /:2: not a line "user item item …"$/],
    ['commas', 'ann a\nbob,b,c d\n', /:2: not a line/],
    ['names of columns with blanks', 'user_id item_id time\n1 2 3\n', /: blanks between names of columns$/],
  ])('are refused with %s', async (_, content, message) => {
    await expect(read(content)).rejects.toMatchObject({
      code: 'DATA_FILE',
      message: expect.stringMatching(message),
      fix: expect.stringMatching(/^(Give lines of ids separated by blanks|Separate columns)/),
    });
  });
});

describe('tables', () => {
  const rows = ['ann,b,2', 'bob,c,7', 'ann,a,1', 'ann,a,3'];

  it.each([
    ['by position', ['user,item,pos', ...rows]],
    ['by epoch', ['user,item,timestamp', ...rows]],
    ['by position before time', ['time,item,user,position', '9,b,ann,2', '8,c,bob,7', '7,a,ann,1', '6,a,ann,3']],
    [
      'by ISO times',
      [
        'visitorid\tat\tproduct_id',
        'ann\t2026-01-01T10:00:00Z\tb',
        'bob\t2026-01-01\tc',
        'ann\t2025-12-31\ta',
        'ann\t2026-01-01T11:30:00+01:00\ta',
      ],
    ],
    [
      'of atomic files',
      ['user_id:token|item_id:token|timestamp:float', ...rows.map((row) => row.replaceAll(',', '|'))],
    ],
    ['of quoted cells', ['"User";"Item";"pos";"a;b"', ...rows.map((row) => `"${row.replaceAll(',', '";"')}";""`)]],
  ])('order a user’s rows %s', async (_, lines) => {
    for (const end of ['\n', '\r\n'])
      expect(told(await read(`\uFEFF${lines.join(end)}`))).toEqual({ ann: 'a b a', bob: 'c' });
  });

  it('keep the order of rows without a column for it, file after file, and where times are the same', async () => {
    const expected = { ann: 'b a c', bob: 'c a' };
    expect(told(await read('user,item\nann,b\nbob,c\nann,a', 'user,item\nann,c\nbob,a'))).toEqual(expected);
    expect(told(await read('user,item,time\nann,b,1\nbob,c,1\nann,a,1\nann,c,1\nbob,a,1'))).toEqual(expected);
  });

  it('are in order across files, zipped or not', async () => {
    const data = await read(gzipSync('user,item,time\nann,c,30\nbob,a,20\n'), 'user,item,time\nann,b,1\nann,a,2\n');
    expect(told(data)).toEqual({ ann: 'b a c', bob: 'a' });
  });

  it('give the part train only, and say so', async () => {
    const data = await read('user,item,pos,part\nann,a,0,train\nann,b,1,train\nann,c,2,test\neve,a,0,val\n');
    expect(told(data)).toEqual({ ann: 'a b' });
    expect(data.notes).toEqual([expect.stringMatching(/: 2 rows of parts other than train are left out$/)]);
    await expect(read('user,item,part\nann,a,test\n')).rejects.toThrow(
      /: no sequence in it; .*: 1 rows of parts other than train are left out$/,
    );
  });

  it.each(['x7', 'yesterday 1', 'NaN', 'Infinity', '2026-13-45'])('refuse %s as a time', async (time) => {
    await expect(read(`user,item,time\nann,a,1\nann,b,${time}\n`)).rejects.toMatchObject({
      message: expect.stringMatching(`:3: '${time}' is no position and no time`),
      fix: expect.stringContaining('ISO 8601'),
    });
  });

  it('refuse a row without a time among others', async () => {
    await expect(read('user,item,time\nann,a,1\nann,b,\n')).rejects.toThrow(/:3: no time$/);
  });
});

it('takes ids as they are, whatever they are', async () => {
  const ids = ['__proto__', 'constructor', '12345678901234567890', '12345678901234567891', 'x'.repeat(100_000), '🙂'];
  const data = await read(ids.map((id, i) => `${id} ${ids[(i + 1) % ids.length]!}`).join('\n'));
  expect(data.userIds).toEqual(ids);
  expect(new Set(data.itemIds)).toEqual(new Set(ids));
  expect(told(await read('user,item\n__proto__,constructor\nconstructor,__proto__'))).toEqual(
    Object.fromEntries([
      ['__proto__', 'constructor'],
      ['constructor', '__proto__'],
    ]),
  );
});

it('takes time by the number of rows, not by its square', async () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => `user-${i % 5_000},item-${(i * 7_919) % 3_001},${1e9 + i}`);
  const path = file(`user,item,time\n${rows.join('\n')}`);
  const before = process.cpuUsage();
  const { sequences, itemIds } = await readSequences([path]);
  const { user, system } = process.cpuUsage(before);
  expect([sequences.length, sequences[4_999]!.length, itemIds.length]).toEqual([5_000, 40, 3_001]);
  // It takes about one CPU second, a few on a slow machine; what grows by the square takes far longer.
  expect((user + system) / 1e6).toBeLessThan(15);
});
