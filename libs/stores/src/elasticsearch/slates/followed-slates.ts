import type { LoggedSlate } from '@attune/sdk';
import { Followed } from '../../distributed/followed.js';
import { Listeners } from '../../distributed/listeners.js';
import type { SlateDays } from './slate.days.js';
import type { WrittenPlace } from './slate.reads.js';
import type { WaitingSlatesOptions } from './waiting-slates.js';

/** Slates are written a while after they are recorded. */
const BACK_MS = 30_000;

/** Tells of the slates that other processes record, while somebody wants to know. */
export class FollowedSlates {
  private readonly listeners: Listeners<LoggedSlate>;
  private readonly followed: Followed<WrittenPlace>;

  constructor(
    private readonly days: SlateDays,
    { arrivals, clock, warn }: WaitingSlatesOptions & { readonly warn: (line: string) => void },
  ) {
    this.listeners = new Listeners((error) => warn(`A listener of recorded slates failed: ${String(error)}`));
    const read = (from: string): AsyncGenerator<readonly WrittenPlace[]> => days.placesFrom(from);
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
    for (const slate of await this.days.at(places)) this.listeners.tell(slate);
  }
}
