import type { SpendingStore, Spent } from '@attune/sdk';
import { z } from 'zod';
import { dayOf } from '../../day-log/log-retention.js';
import { checkDay, checkSpent, daySchema, NOTHING_SPENT } from '../../spending/checked-spent.js';
import { ChangeLog, type Present } from '../change.log.js';
import type { OpenLog } from '../record-log.js';
import { Turns } from '../turns.js';

const KEPT_MS = 400 * 86_400_000;

/** A day and all that was spent on it. */
const recordSchema = z.strictObject({ day: daySchema, tokens: z.int().min(0), money: z.number().min(0) });

export interface SpendingStoreOptions {
  /** Epoch milliseconds: days older than 400 are left out when the log is written anew. */
  readonly clock: () => number;
  /** A line for each record that another version wrote. */
  readonly warn: (line: string) => void;
}

/** Spending in memory over a log on disk: a record an `add`, with the day's total; the last one of a day counts. */
export class EmbeddedSpendingStore implements SpendingStore {
  private readonly changes = new Turns();

  private constructor(
    private readonly history: ChangeLog,
    private readonly days: Map<string, Spent>,
    private readonly present: Present,
  ) {}

  static async open(openLog: OpenLog, { clock, warn }: SpendingStoreOptions): Promise<EmbeddedSpendingStore> {
    const days = new Map<string, Spent>();
    const onRecord = (record: unknown): void => {
      const { data } = recordSchema.safeParse(record);
      if (data === undefined) return warn('spending of a day was written by another version and is left out');
      days.set(data.day, { tokens: data.tokens, money: data.money });
    };
    const present = presentOf(days, clock);
    return new EmbeddedSpendingStore(await ChangeLog.open(openLog, onRecord, present), days, present);
  }

  async spent(day: string): Promise<Spent> {
    checkDay(day);
    return this.days.get(day) ?? NOTHING_SPENT;
  }

  /** @throws AttuneError `NOT_DURABLE`: nothing was added. */
  async add(day: string, spent: Spent): Promise<Spent> {
    checkSpent(day, spent);
    return await this.changes.take(async () => {
      const before = this.days.get(day) ?? NOTHING_SPENT;
      const total = { tokens: before.tokens + spent.tokens, money: before.money + spent.money };
      await this.history.append([{ day, ...total }]);
      this.days.set(day, total);
      await this.history.tidy(this.present);
      return total;
    });
  }

  /** Waits for changes under way. */
  async close(): Promise<void> {
    await this.changes.take(() => this.history.close());
  }
}

function presentOf(days: ReadonlyMap<string, Spent>, clock: () => number): Present {
  const kept = (): readonly (readonly [string, Spent])[] => {
    const oldest = dayOf(clock() - KEPT_MS);
    return [...days].filter(([day]) => day >= oldest);
  };
  return {
    get size() {
      return kept().length;
    },
    records: () => kept().map(([day, spent]) => ({ day, ...spent })),
  };
}
