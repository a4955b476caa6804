import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { filesHolding, Scratch } from '../../fixtures/scratch.js';
import { DurableLog } from './durable-log.js';
import type { RecordPlace } from './log-recovery.js';
import { lineBytes } from './record-line.codec.js';

const scratch = new Scratch();
const opened: DurableLog[] = [];

async function openLog(folder: string, segmentBytes = 300, onText?: (json: string, place: RecordPlace) => void) {
  const log = await DurableLog.open(folder, { warn: () => undefined, segmentBytes, ...(onText && { onText }) });
  opened.push(log);
  return log;
}

async function textsIn(log: DurableLog): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const batch of log.read()) texts.push(...batch.texts);
  return texts;
}

const records = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, i) => JSON.stringify({ id: from + i, text: 'ü'.repeat((from + i) % 50) }));

afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  await scratch.clear();
});

describe('Reading a DurableLog back', () => {
  it('gives what was asked to be appended before, in order, while it is written, filtered and rewritten', async () => {
    const log = await openLog(await scratch.folder());
    expect(await textsIn(log)).toEqual([]);
    await log.append(records(0, 30));
    const unawaited = log.append(records(30, 40));
    const reading = log.read();
    const first = await reading.next();
    await Promise.all([unawaited, log.filter(() => undefined), log.append(records(40, 50))]);
    await log.rewrite(records(50, 60));
    const texts = first.done === true ? [] : [...first.value.texts];
    for await (const batch of reading) texts.push(...batch.texts);
    expect(texts).toEqual(records(0, 40));
    expect(await textsIn(log)).toEqual(records(50, 60));
  });

  it('reads records longer than its buffer', async () => {
    const log = await openLog(await scratch.folder());
    const long = [JSON.stringify('é'.repeat(700_000)), '1', JSON.stringify('x'.repeat(300_000))];
    await log.append(long);
    expect(await textsIn(log)).toEqual(long);
  });

  it('may be left early, and lets go of its files', async () => {
    const log = await openLog(await scratch.folder());
    await log.append(records(0, 50));
    for await (const batch of log.read()) {
      expect(batch.texts.length).toBeGreaterThan(0);
      break;
    }
    await log.filter(() => undefined);
    expect(await textsIn(log)).toEqual([]);
  });

  it('refuses when a record was damaged on disk, or once closed', async () => {
    const folder = await scratch.folder();
    const log = await openLog(folder);
    await log.append(records(0, 3));
    const path = join(folder, '000001.log');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"id":1', '"id":7'));
    await expect(textsIn(log)).rejects.toMatchObject({ code: 'LOG_CORRUPT' });
    await log.close();
    await expect(textsIn(log)).rejects.toMatchObject({ code: 'LOG_CLOSED' });
  });

  it('finds each record where `append`, `read` and a start say it lies', async () => {
    const folder = await scratch.folder();
    const log = await openLog(folder);
    const places = new Map<string, RecordPlace>();
    await Promise.all(
      [records(0, 5), records(5, 6), records(6, 20), records(20, 29)].map(async (texts) => {
        const first = await log.append(texts);
        let offset = first!.offset;
        for (const json of texts) {
          places.set(json, { segment: first!.segment, offset, bytes: lineBytes(json) });
          offset += lineBytes(json);
        }
      }),
    );
    for (const [json, place] of places) expect(await log.readAt(place)).toBe(json);
    for await (const { texts, offsets, end, segment } of log.read())
      texts.forEach((json, i) =>
        expect(places.get(json)).toEqual({ segment, offset: offsets[i], bytes: (offsets[i + 1] ?? end) - offsets[i]! }),
      );
    await log.close();
    const found = new Map<string, RecordPlace>();
    const again = await openLog(folder, 300, (json, place) => found.set(json, place));
    expect(found).toEqual(places);
    const nowhere = { segment: 99, offset: 0, bytes: 20 };
    const inside = { ...places.get(records(7, 8)[0]!)!, offset: 3 };
    expect([await again.readAt(nowhere), await again.readAt(inside)]).toEqual([undefined, undefined]);
  });
});

describe('Erasing from a DurableLog', () => {
  it('keeps what `revise` returns, between the appends before and after the call', async () => {
    const root = await scratch.folder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.nat(20), fc.nat(400), async (before, after, segmentBytes) => {
        const folder = join(root, `run${run++}`);
        const log = await openLog(folder, segmentBytes + 1);
        const appends = records(0, before).map((json) => log.append([json]));
        const filtering = log.filter((json) => {
          const { id } = JSON.parse(json) as { id: number };
          return id % 3 === 0 ? undefined : id % 3 === 1 ? json : JSON.stringify({ id, changed: true });
        });
        appends.push(log.append(records(before, before + after)));
        await Promise.all([...appends, filtering]);
        const expected = records(0, before)
          .map((json, id) => (id % 3 === 1 ? json : JSON.stringify({ id, changed: true })))
          .filter((_, id) => id % 3 !== 0);
        expected.push(...records(before, before + after));
        expect(await textsIn(log)).toEqual(expected);
        await log.close();
        expect(await textsIn(await openLog(folder))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps everything when `revise` throws', async () => {
    const folder = await scratch.folder();
    const log = await openLog(folder);
    await log.append(records(0, 30));
    const names = await readdir(folder);
    let seen = 0;
    const broken = log.filter((json) => {
      if (++seen === 20) throw new Error('not this one');
      return json;
    });
    await expect(broken).rejects.toThrow('not this one');
    expect([await textsIn(log), await readdir(folder)]).toEqual([records(0, 30), names]);
    await log.append(records(30, 31));
    expect(await textsIn(log)).toEqual(records(0, 31));
  });

  it('removes unfinished writes that were set aside', async () => {
    const folder = await scratch.folder();
    const first = await openLog(folder);
    await first.append(records(0, 1));
    await first.close();
    for (const erase of [(log: DurableLog) => log.eraseTorn(), (log: DurableLog) => log.filter((json) => json)]) {
      const last = (await readdir(folder)).filter((name) => name.endsWith('.log')).at(-1)!;
      await appendFile(join(folder, last), '00000000*{"half');
      const log = await openLog(folder);
      expect(await filesHolding(folder, 'half')).toHaveLength(1);
      await erase(log);
      expect([await filesHolding(folder, 'half'), await textsIn(log)]).toEqual([[], records(0, 1)]);
      await log.close();
    }
  });

  it('drops the oldest segments one by one, never the newest', async () => {
    const folder = await scratch.folder();
    const log = await openLog(folder, 1);
    expect(await log.dropOldest()).toBeUndefined();
    for (const json of records(0, 4)) await log.append([json]);
    expect([await log.dropOldest(), await log.dropOldest()]).toEqual([1, 2]);
    expect([await textsIn(log), log.stats.segments]).toEqual([records(2, 4), 2]);
    expect(log.stats.bytes).toBe(lineBytes(records(2, 3)[0]!) + lineBytes(records(3, 4)[0]!));
    await log.append(records(4, 5));
    await log.close();
    const again = await openLog(folder, 1);
    expect([await again.dropOldest(), await again.dropOldest(), await again.dropOldest()]).toEqual([3, 4, undefined]);
    expect([await textsIn(again), await readdir(folder)]).toEqual([records(4, 5), ['000005.log', 'MANIFEST']]);
  });

  it('ends a dropping that a crash cut short', async () => {
    const folder = await scratch.folder();
    const log = await openLog(folder, 1);
    for (const json of records(0, 3)) await log.append([json]);
    const oldest = await readFile(join(folder, '000001.log'));
    await log.dropOldest();
    await log.close();
    await writeFile(join(folder, '000001.log'), oldest);
    const again = await openLog(folder, 1);
    expect([await textsIn(again), await readdir(folder)]).toEqual([
      records(1, 3),
      ['000002.log', '000003.log', 'MANIFEST'],
    ]);
  });
});
