import type { Output } from '../output/output.js';
import { textTable } from '../output/text-table.js';
import { printable } from '../output/printable.js';
import type { Job } from './job.js';

const ERROR = { title: 'error', gives: true };

/** Jobs as a table, newest first. */
export function jobTable(jobs: readonly Job[], { columns }: Output): readonly string[] {
  if (jobs.length === 0) return ['No jobs yet. Start one with: attune train'];
  const rows = jobs.map((job) => [
    job.id,
    job.type,
    job.state,
    progressOf(job),
    secondOf(job.createdAt),
    firstLine(job.error),
  ]);
  const titles = ['job', 'type', 'state', 'progress', 'created'];
  const failed = jobs.some(({ error }) => error !== undefined);
  return textTable([...titles.map((title) => ({ title })), ...(failed ? [ERROR] : [])], rows, columns);
}

/** One job in full. */
export function jobLines(job: Job): readonly string[] {
  const { id, type, state, counts, createdAt, finishedAt, error } = job;
  return [
    `${type} job ${id}: ${state}${job.progress.total === 0 ? '' : `, ${progressOf(job)}`}`,
    `  created ${createdAt}${finishedAt === undefined ? '' : `, ended ${finishedAt}`}`,
    `  ${counts.ok} parts done, ${counts.failed} failed`,
    ...(error === undefined ? [] : error.split('\n').map((line) => `  ${printable(line)}`)),
  ];
}

const progressOf = ({ progress: { done, total } }: Job): string =>
  total === 0 ? '-' : `${Math.floor((100 * done) / total)} %`;

/** 2026-11-21T16:33:32Z: a thousandth more says nothing here. */
const secondOf = (time: string): string => time.replace(/\.\d+Z$/, 'Z');

const firstLine = (text = ''): string => printable(text.split('\n', 1)[0]!);
