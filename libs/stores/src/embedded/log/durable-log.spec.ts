import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { DurableLog } from './durable-log.js';
import { MAX_RECORD_BYTES } from './record-line.codec.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-log-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

async function openLog(segmentBytes?: number, path = folder) {
  const records: unknown[] = [];
  const warn = (line: string): never => {
    throw new Error(line);
  };
  const limit = segmentBytes === undefined ? {} : { segmentBytes };
  const log = await DurableLog.open(path, { onRecord: (record) => records.push(record), warn, ...limit });
  return { log, records };
}

async function readBack(path = folder): Promise<unknown[]> {
  const { log, records } = await openLog(undefined, path);
  await log.close();
  return records;
}

/** Makes the next call of a file method fail as a broken disk would. */
async function breakNext(method: 'datasync' | 'truncate' | 'write', code: string): Promise<void> {
  const handle = await open(join(folder, 'MANIFEST'));
  const prototype = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  const failure = Object.assign(new Error(`${code}: broken`), { code, syscall: method });
  jest.spyOn(prototype, method).mockRejectedValueOnce(failure);
}

describe('DurableLog', () => {
  it('gives back what was appended, in order, over any cut into calls and segments', async () => {
    const calls = fc.array(fc.array(fc.record({ id: fc.nat(), text: fc.string({ unit: 'binary' }) })));
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 200 }), async (batches, segmentBytes) => {
        rmSync(folder, { recursive: true, force: true });
        const { log } = await openLog(segmentBytes);
        await Promise.all(batches.map((batch) => log.append(batch)));
        await log.close();
        expect(await readBack()).toEqual(JSON.parse(JSON.stringify(batches.flat())));
      }),
      { numRuns: 25 },
    );
  });

  it('reads a record longer than its reading buffer, and refuses what is no record', async () => {
    const { log } = await openLog();
    const long = { text: 'é'.repeat(3_000_000) };
    await log.append([long, { id: 1 }]);
    for (const bad of ['{\n}', '', JSON.stringify('x'.repeat(MAX_RECORD_BYTES))]) {
      await expect(log.append([bad])).rejects.toMatchObject({ code: 'RECORD_REFUSED' });
    }
    await log.close();
    await expect(log.append([{ id: 2 }])).rejects.toMatchObject({ code: 'LOG_CLOSED' });
    expect(await readBack()).toEqual([long, { id: 1 }]);
  });

  it('lets appends that wait share one sync', async () => {
    const { log } = await openLog();
    const first = log.append([{ id: -1 }]);
    const others = Array.from({ length: 200 }, (_, id) => log.append([{ id }]));
    await Promise.all([first, ...others]);
    expect(log.stats).toMatchObject({ appends: 201, segments: 1 });
    expect(log.stats.syncs).toBeLessThanOrEqual(3);
    await log.close();
    expect(await readBack()).toHaveLength(201);
  });

  it('acknowledges nothing before its sync has returned', async () => {
    const { log } = await openLog();
    await log.append([{ id: 0 }]);
    await breakNext('datasync', 'EIO');
    await expect(log.append([{ id: 1 }])).rejects.toMatchObject({ code: 'FOLDER_IO_ERROR' });
    await expect(log.append([{ id: 2 }])).rejects.toMatchObject({ code: 'LOG_FAILED' });
    await expect(log.rewrite([])).rejects.toMatchObject({ code: 'LOG_FAILED' });
    await log.close();
    expect(await readBack()).toEqual([{ id: 0 }]);
  });

  it('goes on after a failed write, and refuses when its tail could not be cut off', async () => {
    const { log } = await openLog();
    await log.append([{ id: 0 }]);
    await breakNext('write', 'ENOSPC');
    await expect(log.append([{ id: 1 }])).rejects.toMatchObject({ code: 'FOLDER_FULL' });
    await log.append([{ id: 2 }]);
    await breakNext('write', 'ENOSPC');
    await breakNext('truncate', 'EIO');
    await expect(log.append([{ id: 3 }])).rejects.toMatchObject({ code: 'FOLDER_FULL' });
    await expect(log.append([{ id: 4 }])).rejects.toMatchObject({ code: 'LOG_FAILED' });
    await log.close();
    expect(await readBack()).toEqual([{ id: 0 }, { id: 2 }]);
  });

  it('rewrites between the appends before and after the call', async () => {
    const { log } = await openLog(60);
    const before = log.append([{ id: 1, user: 'erased' }, { id: 2 }]);
    const state: object[] = [];
    const rewriting = log.rewrite(
      (function* () {
        yield* state;
      })(),
      { eraseTorn: true },
    );
    const after = log.append([{ id: 3 }]);
    await before;
    state.push({ id: 2 }, { id: 20, text: 'x'.repeat(100) });
    await Promise.all([rewriting, after]);
    await log.append([{ id: 4 }]);
    await log.close();
    expect(await readBack()).toEqual([{ id: 2 }, { id: 20, text: 'x'.repeat(100) }, { id: 3 }, { id: 4 }]);
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), 'utf8')).not.toContain('erased');
  });

  it('has the old records after a crash at any point of a rewrite before its end, then the new ones', async () => {
    const { log } = await openLog(1000);
    await log.append([{ id: 1 }]);
    const crashes: string[] = [];
    const long = 'x'.repeat(1_100_000);
    const records = (function* () {
      for (let id = 2; id < 6; id++) {
        const copy = `${folder}-crash-${id}`;
        cpSync(folder, copy, { recursive: true });
        crashes.push(copy);
        yield { id, long };
      }
    })();
    await log.rewrite(records);
    await log.close();
    expect(readdirSync(crashes.at(-1) ?? '')).toContain('000003.log');
    for (const copy of crashes) {
      expect(await readBack(copy)).toEqual([{ id: 1 }]);
      rmSync(copy, { recursive: true });
    }
    expect(await readBack()).toEqual([2, 3, 4, 5].map((id) => ({ id, long })));
  });

  it('keeps the old records when the new ones cannot be had', async () => {
    const { log } = await openLog();
    await log.append([{ id: 1 }]);
    const broken = (function* () {
      yield { id: 2 };
      throw new Error('no more');
    })();
    await expect(log.rewrite(broken)).rejects.toThrow('no more');
    await breakNext('write', 'ENOSPC');
    await expect(log.rewrite([{ id: 2 }])).rejects.toMatchObject({ code: 'FOLDER_FULL' });
    await log.append([{ id: 3 }]);
    await log.close();
    expect(readdirSync(folder)).toEqual(['000001.log', 'MANIFEST']);
    expect(await readBack()).toEqual([{ id: 1 }, { id: 3 }]);
  });

  it('rewrites to nothing', async () => {
    const { log } = await openLog();
    await log.append([{ id: 1 }]);
    await log.rewrite([]);
    await log.close();
    expect(await readBack()).toEqual([]);
  });
});
