import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StoredEvent } from '@attune/sdk';
import { filesHolding, Scratch } from '../../fixtures/scratch.js';
import { DurableLog } from '../log/durable-log.js';
import { EmbeddedEventStore } from './event-store.adapter.js';

const CHILD = join(__dirname, 'erase-writer.child.cjs');
const ROUNDS = 6;
const scratch = new Scratch();
afterEach(async () => await scratch.clear());

/** Runs the writer until it has said so many lines, kills it, and returns all that it said. */
async function runUntilKilled(folder: string, first: number, lines: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [CHILD, folder, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout }))
    if (said.push(line) >= lines && line.startsWith('erasing')) child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return said;
}

describe('kill -9 while users are erased', () => {
  it('leaves all or nothing of a user, nothing of an erased one, and everything of the others', async () => {
    const folder = await scratch.folder();
    const kept: string[] = [];
    let first = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const said = await runUntilKilled(folder, first, randomInt(5, 150));
      kept.push(...said.filter((line) => line.startsWith('keeper')));
      const openLog = async (onRecord: (record: unknown) => void): Promise<DurableLog> =>
        await DurableLog.open(folder, { onRecord, warn: () => undefined, segmentBytes: 4096 });
      const store = await EmbeddedEventStore.open(openLog, { clock: () => 0, warn: () => undefined });
      const events: StoredEvent[] = [];
      for await (const page of store.scan()) events.push(...page);
      const ids = new Set(events.map(({ id }) => id));
      expect(ids.size).toBe(events.length);
      expect(kept.filter((id) => !ids.has(id))).toEqual([]);
      const last = Number(said.findLast((line) => line.startsWith('erasing'))?.slice('erasing '.length));
      for (let user = first; user <= last; user++) {
        const found = events.filter(({ id }) => id.startsWith(`user${user}-`)).length;
        if (!said.includes(`erased ${user}`)) expect([0, 21]).toContain(found);
        else expect(found === 0 && (await filesHolding(folder, `user${user}"`))).toEqual([]);
      }
      // The sender of an erasure that was not answered repeats it.
      await store.erase(`user${last}`);
      expect(await filesHolding(folder, `cookie${last}"`)).toEqual([]);
      await store.close();
      first = last + 2;
    }
    expect(kept.length).toBeGreaterThan(0);
  });
});
