import { randomUUID } from 'node:crypto';
import type { PendingErasure, PendingErasures } from '@attune/sdk';
import { z } from 'zod';
import { durably } from '../durably.js';
import type { ErasableLog, OpenLog } from '../record-log.js';
import { Turns } from '../turns.js';

const recordSchema = z.strictObject({ userId: z.string(), anonymousIds: z.array(z.string()) });
type StoredErasure = z.output<typeof recordSchema>;

/** Users who are to be erased, on disk. Nothing of a finished one is left in the files. */
export class EmbeddedPendingErasures implements PendingErasures {
  private readonly people = new Map<string, PendingErasure>();
  private readonly changes = new Turns();

  private constructor(private readonly log: ErasableLog) {}

  /** `warn`: a line for each record that another version wrote. */
  static async open(openLog: OpenLog<ErasableLog>, warn: (line: string) => void): Promise<EmbeddedPendingErasures> {
    const read: StoredErasure[] = [];
    const log = await openLog((record) => {
      const { data } = recordSchema.safeParse(record);
      if (data === undefined) warn('a pending erasure was written by another version and is left out');
      else read.push(data);
    });
    const pending = new EmbeddedPendingErasures(log);
    for (const person of read) pending.people.set(person.userId, { ...person, token: randomUUID() });
    return pending;
  }

  async userIds(): Promise<readonly string[]> {
    return [...this.people.keys()];
  }

  async add(userId: string, anonymousIds: readonly string[] = []): Promise<PendingErasure> {
    return await this.changes.take(async () => {
      const known = this.people.get(userId)?.anonymousIds ?? [];
      const person = { userId, anonymousIds: [...new Set([...known, ...anonymousIds])] };
      await durably(() => this.log.append([person]));
      const pending = { ...person, token: randomUUID() };
      this.people.set(userId, pending);
      return pending;
    });
  }

  async finish({ userId, token }: PendingErasure): Promise<void> {
    await this.changes.take(async () => {
      const pending = this.people.get(userId);
      if (pending?.token !== token) return;
      this.people.delete(userId);
      const rest = Array.from(this.people.values(), (each): StoredErasure => ({
        userId: each.userId,
        anonymousIds: [...each.anonymousIds],
      }));
      try {
        await durably(() => this.log.rewrite(rest, { eraseTorn: true }));
      } catch (error) {
        this.people.set(userId, pending);
        throw error;
      }
    });
  }

  /** Waits for changes under way. */
  async close(): Promise<void> {
    await this.changes.take(() => this.log.close());
  }
}
