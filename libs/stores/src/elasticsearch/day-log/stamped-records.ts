import type { RecordKind } from '../../day-log/record-kind.js';
import { WaitingRecords } from '../../day-log/waiting-records.js';
import { timeOf, type ArrivalStamps } from '../../distributed/events/arrival.stamps.js';
import type { StampedRecord } from './record.document.js';

/** What could not be written for so long is recorded anew: other processes look only a little further back. */
const LATE_MS = 3_000;

export interface StampedRecordsOptions {
  /** Epoch milliseconds: the day under which a record is kept. */
  readonly clock: () => number;
  /** Of this process: the order of recording. */
  readonly arrivals: ArrivalStamps;
}

/** Records in memory, each with its place in the order of recording, until they are written. */
export class StampedRecords<T extends object> extends WaitingRecords<T, StampedRecord<T>> {
  constructor(
    kind: RecordKind<T>,
    private readonly options: StampedRecordsOptions,
  ) {
    super(kind);
  }

  add(record: T): void {
    const { clock, arrivals } = this.options;
    this.set({ record, at: clock(), recorded: arrivals.next() });
  }

  override oldest(most: number): readonly StampedRecord<T>[] {
    this.recordLateAnew();
    return super.oldest(most);
  }

  /** All of them, so that their order stays. */
  private recordLateAnew(): void {
    const { clock, arrivals } = this.options;
    const [first] = super.oldest(1);
    if (first === undefined || timeOf(first.recorded) >= clock() - LATE_MS) return;
    this.renew((each) => ({ ...each, recorded: arrivals.next() }));
  }
}
