import type { LoggedSlate } from '@attune/sdk';
import { timeOf, type ArrivalStamps } from '../../distributed/events/arrival.stamps.js';
import type { ShownTo } from '../../embedded/slates/slate.codec.js';
import type { RecordedSlate } from './slate.document.js';

/** What could not be written for so long is recorded anew: other processes look only a little further back. */
const LATE_MS = 3_000;

export interface WaitingSlatesOptions {
  /** Epoch milliseconds: the day under which a slate is kept. */
  readonly clock: () => number;
  /** Of this process: the order of recording. */
  readonly arrivals: ArrivalStamps;
}

/** Slates in memory, in the order of recording, until they are written. */
export class WaitingSlates {
  private readonly slates = new Map<string, RecordedSlate>();

  constructor(private readonly options: WaitingSlatesOptions) {}

  get size(): number {
    return this.slates.size;
  }

  add(slate: LoggedSlate): void {
    const { clock, arrivals } = this.options;
    this.slates.set(slate.slateId, { slate, at: clock(), recorded: arrivals.next() });
  }

  get(slateId: string): LoggedSlate | undefined {
    return this.slates.get(slateId)?.slate;
  }

  /** So many of those that have waited longest, or all. */
  oldest(most: number): readonly RecordedSlate[] {
    this.recordLateAnew();
    return [...this.slates.values()].slice(0, most);
  }

  /** Lets go of what is written, but not of what was recorded again meanwhile. */
  written(slates: readonly RecordedSlate[]): void {
    for (const each of slates) if (this.slates.get(each.slate.slateId) === each) this.slates.delete(each.slate.slateId);
  }

  holds(shownTo: ShownTo): boolean {
    return this.shown(shownTo).length > 0;
  }

  /** Lets go of what was shown to these people; how many slates. */
  erase(shownTo: ShownTo): number {
    const doomed = this.shown(shownTo);
    for (const { slateId } of doomed) this.slates.delete(slateId);
    return doomed.length;
  }

  /** Lets go of everything; how many slates. */
  clear(): number {
    const { size } = this.slates;
    this.slates.clear();
    return size;
  }

  /** All of them, so that their order stays. */
  private recordLateAnew(): void {
    const { clock, arrivals } = this.options;
    const [first] = this.slates.values();
    if (first === undefined || timeOf(first.recorded) >= clock() - LATE_MS) return;
    for (const [slateId, each] of this.slates) this.slates.set(slateId, { ...each, recorded: arrivals.next() });
  }

  private shown(shownTo: ShownTo): readonly LoggedSlate[] {
    return Array.from(this.slates.values(), ({ slate }) => slate).filter((slate) => shownTo.holds(slate));
  }
}
