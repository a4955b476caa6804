import type { EventsReceipt } from '../http/operations/events.operations.js';
import type { Metrics } from './metrics.js';

/** Counts what became of the events of one request. */
export function countEvents(
  metrics: Metrics,
  tenant: string,
  { accepted, duplicates, rejectedCount }: Pick<EventsReceipt, 'accepted' | 'duplicates' | 'rejectedCount'>,
): void {
  const counts = { accepted, duplicate: duplicates, rejected: rejectedCount };
  for (const [result, count] of Object.entries(counts)) {
    if (count > 0) metrics.count('attune_events_total', [tenant, result], count);
  }
}
