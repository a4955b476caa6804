import type { TrainingData } from '@attune/sdk';
import { EntryTable } from '../../embedded/events/entry.table.js';
import { People } from '../../embedded/events/people.js';
import { Timeline } from '../../embedded/events/timeline.js';
import { trainingColumns } from '../../embedded/events/training.columns.js';
import type { EventLog } from '../../elasticsearch/events/event-log.js';
import type { ErasureMarks } from '../../redis/erasure-marks.js';

/**
 * Everything up to a time, read from the log into the columns of the embedded store. Who is erased while it is read, here
 * or elsewhere, is left out: of him only a part may have been read.
 */
export async function readTraining(
  log: EventLog,
  marks: ErasureMarks,
  until: number,
  admits: (userId: string) => boolean,
): Promise<TrainingData> {
  const done = await marks.done();
  await log.refresh();
  const table = new EntryTable();
  const people = new People(table);
  for await (const events of log.inTime()) for (const { event } of events) people.add(event, Date.parse(event.at));
  const timeline = new Timeline(table);
  for (;;) {
    const erased = await marks.since(done);
    const admitted = (userId: string): boolean => !erased.has(userId) && admits(userId);
    const data = await trainingColumns({ table, timeline, people }, until, admitted);
    if ((await marks.since(done)).size === erased.size) return data;
  }
}
