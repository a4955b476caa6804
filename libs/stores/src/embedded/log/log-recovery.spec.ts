import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DurableLog } from './durable-log.js';
import { draftManifest, promoteManifest, type LogManifest } from './log-files.js';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'attune-recovery-'));
  folder = join(root, 'log');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const file = (name: string) => join(folder, name);
const snapshot = () => readdirSync(folder).map((name) => [name, readFileSync(file(name), 'latin1')]);

/** Writes records, one write for each inner list. */
async function writeLog(writes: readonly (readonly object[])[], segmentBytes = 1_000_000): Promise<void> {
  const log = await DurableLog.open(folder, { onRecord: () => undefined, warn: () => undefined, segmentBytes });
  for (const records of writes) await log.append(records);
  await log.close();
}

async function readLog() {
  const records: unknown[] = [];
  const warnings: string[] = [];
  const listeners = {
    onRecord: (record: unknown) => records.push(record),
    warn: (line: string) => warnings.push(line),
  };
  await (await DurableLog.open(folder, listeners)).close();
  return { records, warnings };
}

async function expectCorrupt(where: string): Promise<void> {
  const before = snapshot();
  const error: unknown = await readLog().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'LOG_CORRUPT', message: expect.stringContaining(where) as string });
  expect(error).toMatchObject({ message: expect.not.stringContaining('\n') as string });
  expect(snapshot()).toEqual(before);
}

function overwrite(name: string, offset: number, bytes: Buffer): void {
  const content = readFileSync(file(name));
  bytes.copy(content, offset);
  writeFileSync(file(name), content);
}

async function setManifest(change: Partial<LogManifest>): Promise<void> {
  await draftManifest(folder, { first: 1, last: 1, rewriting: false, ...change });
  await promoteManifest(folder);
}

const line = (id: number) => `00000000 {"id":${id}}\n`.length;

describe('opening a log after a crash', () => {
  it('sets a write cut at any byte aside and keeps all before it', async () => {
    await writeLog([[{ id: 1 }], [{ id: 2 }], [{ id: 3, text: 'naïve' }]]);
    cpSync(folder, join(root, 'whole'), { recursive: true });
    const whole = readFileSync(file('000001.log'));
    const start = 2 * line(1);
    for (let cut = start; cut < whole.length; cut++) {
      rmSync(folder, { recursive: true });
      cpSync(join(root, 'whole'), folder, { recursive: true });
      truncateSync(file('000001.log'), cut);
      const { records, warnings } = await readLog();
      expect(records).toEqual([{ id: 1 }, { id: 2 }]);
      expect(warnings).toHaveLength(cut === start ? 0 : 1);
      const torn = readdirSync(folder).filter((name) => name.includes('torn'));
      expect(torn).toEqual(cut === start ? [] : [`000001.log.torn-${start}`]);
      for (const name of torn) expect(readFileSync(file(name))).toEqual(whole.subarray(start, cut));
      await writeLog([[{ id: 4 }]]);
      expect(await readLog()).toEqual({ records: [{ id: 1 }, { id: 2 }, { id: 4 }], warnings: [] });
    }
  });

  it('sets a damaged last record aside, under a new name each time', async () => {
    for (const copy of ['', '.2']) {
      await writeLog([[{ id: 1 }], [{ id: 2 }]].slice(copy === '' ? 0 : 1));
      overwrite('000001.log', line(1) + 12, Buffer.from('#'));
      expect((await readLog()).records).toEqual([{ id: 1 }]);
      expect(readdirSync(folder)).toContain(`000001.log.torn-${line(1)}${copy}`);
    }
  });

  it('sets a write aside of which a block in the middle never reached the disk', async () => {
    await writeLog([[{ id: 1 }], [{ id: 2 }, { id: 3 }, { id: 4 }]]);
    overwrite('000001.log', line(1) + 5, Buffer.alloc(line(1)));
    const { records, warnings } = await readLog();
    expect(records).toEqual([{ id: 1 }]);
    expect(warnings).toHaveLength(1);
  });

  it('refuses the same gap when a later write proves that it had been synced', async () => {
    await writeLog([[{ id: 1 }, { id: 2 }, { id: 3 }], [{ id: 4 }]]);
    overwrite('000001.log', 5, Buffer.alloc(line(1)));
    await expectCorrupt('000001.log at byte 0');
  });

  it.each([
    ['of the same write', [[{ id: 1 }, { id: 2 }, { id: 3 }]]],
    ['of a later write', [[{ id: 1 }, { id: 2 }], [{ id: 3 }]]],
  ])('refuses a flipped bit before a sound record %s, at any byte, and changes nothing', async (_, writes) => {
    await writeLog(writes);
    const whole = readFileSync(file('000001.log'));
    for (let offset = line(1); offset < 2 * line(1) - 1; offset++) {
      writeFileSync(file('000001.log'), whole);
      overwrite('000001.log', offset, Buffer.from([(whole[offset] ?? 0) ^ 4]));
      await expectCorrupt(`000001.log at byte ${line(1)}`);
    }
  });

  it('refuses damage at the end of a segment that others follow', async () => {
    await writeLog([[{ id: 1 }], [{ id: 2 }]], 20);
    truncateSync(file('000001.log'), 10);
    await expectCorrupt('000001.log at byte 0');
  });

  it('refuses a missing segment, first, middle or last, and a missing or damaged manifest', async () => {
    for (const name of ['000001.log', '000002.log', '000003.log', 'MANIFEST']) {
      rmSync(folder, { recursive: true, force: true });
      await writeLog([[{ id: 1 }], [{ id: 2 }], [{ id: 3 }]], 20);
      rmSync(file(name));
      await expectCorrupt(name);
    }
    writeFileSync(file('MANIFEST'), 'nonsense\n');
    await expectCorrupt('MANIFEST');
  });

  it('refuses unexpected files and a segment that the manifest does not know', async () => {
    await writeLog([[{ id: 1 }]]);
    cpSync(file('000001.log'), file('000002.log'));
    await expectCorrupt('000002.log');
    rmSync(file('000002.log'));
    writeFileSync(file('notes.txt'), 'mine');
    await expectCorrupt('notes.txt');
  });

  it('refuses a record whose checksum is right but that is not JSON', async () => {
    const log = await DurableLog.open(folder, { onRecord: () => undefined, warn: () => undefined });
    await log.append(['{"id":']);
    await log.close();
    await expectCorrupt('000001.log at byte 0');
  });

  it('accepts an empty last segment, also one whose creation was cut short', async () => {
    await writeLog([[{ id: 1 }]]);
    writeFileSync(file('000002.log'), '');
    expect(await readLog()).toEqual({ records: [{ id: 1 }], warnings: [] });
    writeFileSync(file('000002.log'), '');
    await setManifest({ last: 2 });
    expect(await readLog()).toEqual({ records: [{ id: 1 }], warnings: [] });
    await writeLog([[{ id: 2 }]]);
    expect((await readLog()).records).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('finishes or forgets a rewrite that a crash cut at any step', async () => {
    await writeLog([[{ id: 1 }, { id: 2 }]]);
    cpSync(file('000001.log'), file('000002.log'));
    appendFileSync(file('000002.log'), 'unfinished');
    writeFileSync(file('MANIFEST.draft'), 'half');
    await setManifest({ rewriting: true });
    expect(await readLog()).toEqual({ records: [{ id: 1 }, { id: 2 }], warnings: [] });
    expect(readdirSync(folder)).toEqual(['000001.log', 'MANIFEST']);
    writeFileSync(file('000002.log'), readFileSync(file('000001.log')).subarray(0, line(1)));
    await setManifest({ first: 2, last: 2 });
    expect(await readLog()).toEqual({ records: [{ id: 1 }], warnings: [] });
    expect(readdirSync(folder)).toEqual(['000002.log', 'MANIFEST']);
  });
});
