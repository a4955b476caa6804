import type { LoggedSlate } from '@attune/sdk';
import { Followed } from '../../distributed/followed.js';
import { Listeners } from '../../distributed/listeners.js';
import type { DayLogOptions } from '../day-log/day-log.js';
import type { SlateReads, WrittenPlace } from './slate.reads.js';

/** Slates are written a while after they are recorded. */
const BACK_MS = 30_000;

/** Tells of the slates that other processes record, while somebody wants to know. */
export class FollowedSlates {
  private readonly listeners: Listeners<LoggedSlate>;
  private readonly followed: Followed<WrittenPlace>;

  constructor(
    private readonly reads: SlateReads,
    { arrivals, clock, warn }: DayLogOptions,
  ) {
    this.listeners = new Listeners((error) => warn(`A listener of recorded slates failed: ${String(error)}`));
    const read = (from: string): AsyncGenerator<readonly WrittenPlace[]> => reads.placesFrom(from);
    const tell = (fresh: readonly WrittenPlace[]): Promise<void> => this.tell(fresh);
    this.followed = new Followed({ what: 'Slates', read, arrivals, clock, backMs: BACK_MS, tell, warn });
  }

  onRecord(listener: (slate: LoggedSlate) => void): () => void {
    const end = this.listeners.add(listener);
    this.followed.start();
    return () => {
      end();
      if (this.listeners.size === 0) this.followed.stop();
    };
  }

  async close(): Promise<void> {
    this.followed.stop();
    await this.followed.settled();
  }

  private async tell(places: readonly WrittenPlace[]): Promise<void> {
    for (const slate of await this.reads.at(places)) this.listeners.tell(slate);
  }
}
