import { textTable } from '../output/text-table.js';
import { printable } from '../output/printable.js';
import type { Job } from './job.js';

/** Jobs as a table, newest first. */
export function jobTable(jobs: readonly Job[]): readonly string[] {
  if (jobs.length === 0) return ['No jobs yet. Start one with: attune train'];
  const rows = jobs.map((job) => [job.id, job.type, job.state, progressOf(job), job.createdAt, firstLine(job.error)]);
  const titles = ['job', 'type', 'state', 'progress', 'created', 'error'];
  return textTable(
    titles.map((title) => ({ title, most: title === 'error' ? 60 : Infinity })),
    rows,
  );
}

/** One job in full. */
export function jobLines(job: Job): readonly string[] {
  const { id, type, state, counts, createdAt, finishedAt, error } = job;
  return [
    `${type} job ${id}: ${state}, ${progressOf(job)}`,
    `  created ${createdAt}${finishedAt === undefined ? '' : `, ended ${finishedAt}`}`,
    `  ${counts.ok} parts done, ${counts.failed} failed`,
    ...(error === undefined ? [] : error.split('\n').map((line) => `  ${printable(line)}`)),
  ];
}

const progressOf = ({ progress: { done, total } }: Job): string =>
  total === 0 ? '-' : `${Math.floor((100 * done) / total)} %`;

const firstLine = (text = ''): string => printable(text.split('\n', 1)[0]!);
