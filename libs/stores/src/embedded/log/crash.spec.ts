import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DurableLog } from './durable-log.js';

const CHILD = join(__dirname, 'crash-writer.child.cjs');
const ROUNDS = { append: 10, rewrite: 5, filter: 5 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a writer until it has acknowledged `count` ids, kills it, and returns all ids that it acknowledged. */
async function writeUntilKilled(first: number, count: number, mode: string): Promise<number[]> {
  const child = spawn(process.execPath, [CHILD, folder, String(first), mode], { stdio: ['ignore', 'pipe', 'pipe'] });
  let problem = '';
  child.stderr.on('data', (text: Buffer) => (problem += text.toString()));
  const acknowledged: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== 'ready') acknowledged.push(Number(line));
    if (acknowledged.length >= count) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect({ problem, signal: child.signalCode }).toEqual({ problem: '', signal: 'SIGKILL' });
  return acknowledged;
}

async function readIds(): Promise<{ log: DurableLog; ids: number[] }> {
  const ids: number[] = [];
  const onRecord = (record: unknown): unknown => ids.push((record as { id: number }).id);
  return { log: await DurableLog.open(folder, { onRecord, warn: () => undefined, segmentBytes: 4096 }), ids };
}

describe('kill -9 while records are appended', () => {
  it.each(['append', 'rewrite', 'filter'] as const)(
    'loses nothing acknowledged and stores nothing twice (%s)',
    async (mode) => {
      const acknowledged: number[] = [];
      let first = 0;
      for (let round = 0; round < ROUNDS[mode]; round++) {
        acknowledged.push(...(await writeUntilKilled(first, randomInt(1, 300), mode)));
        const { log, ids } = await readIds();
        expect(new Set(ids).size).toBe(ids.length);
        const found = new Set(ids);
        expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
        first = Math.max(...ids, first) + 50;
        // The sender repeats what was not answered: ids that are known already are skipped.
        const unanswered = Array.from({ length: first }, (_, id) => id).filter((id) => !found.has(id));
        await log.append(unanswered.map((id) => ({ id })));
        await log.close();
      }
      const { log, ids } = await readIds();
      await log.close();
      expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: first }, (_, id) => id));
    },
    60_000,
  );

  it('reports a reached file size limit as a full folder, keeps what was stored, and reopens', async () => {
    if (process.platform === 'win32') {
      process.stderr.write('Not run: Windows has no file size limit.\n');
      return;
    }
    const command = `ulimit -f 1 && exec "${process.execPath}" "${CHILD}" "${folder}" 0 append`;
    const result = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect(result.stderr).toMatch(/^The data folder .* has reached the file size limit: .*\n$/);
    expect(result.status).toBe(1);
    const acknowledged = result.stdout.split('\n').filter((line) => /^\d+$/.test(line));
    const { log, ids } = await readIds();
    await log.append([{ id: 1_000_000 }]);
    await log.close();
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((id) => !ids.includes(Number(id)))).toEqual([]);
  });
});
