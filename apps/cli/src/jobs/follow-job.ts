import { setTimeout as wait } from 'node:timers/promises';
import type { ServedRun } from '../commands/command.js';
import { CommandError, Interrupted } from '../exit-code.js';
import { hasEnded, type Job } from './job.js';

const FIRST_POLL_MS = 50;
const SLOWEST_POLL_MS = 1_000;

/** A job the server is asked for. */
export type JobRequest = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Starts a job and follows it to its end. */
export async function runJob(request: JobRequest, title: string, running: ServedRun): Promise<Job> {
  const { jobId } = await running.client.post<{ jobId: string }>('/v1/jobs', request, { signal: running.signal });
  return await followJob(jobId, title, running);
}

/** As `runJob`, with what the job found out. */
export async function jobResult<T>(request: JobRequest, title: string, running: ServedRun): Promise<T> {
  const { id } = await runJob(request, title, running);
  return await running.client.get<T>(`/v1/jobs/${encodeURIComponent(id)}/result`, { signal: running.signal });
}

/**
 * Shows a job's progress until it ends. Throws a CommandError where it failed or was canceled, Interrupted at Ctrl-C:
 * a server of its own goes on with the job.
 */
export async function followJob(id: string, title: string, running: ServedRun): Promise<Job> {
  const bars = await running.output.progress();
  try {
    const job = await untilEnded(id, running, ({ progress }) => bars.show(title, progress.done, progress.total));
    if (job.state === 'completed') return job;
    throw new CommandError(
      `${title}: job ${id} ${job.state}${job.error === undefined ? '' : `: ${job.error.replaceAll('\n', '; ')}`}`,
      job.state === 'failed' ? 'Mend the cause and run the same command again.' : 'Run the same command again.',
    );
  } catch (error) {
    if (!running.signal.aborted) throw error;
    throw running.own
      ? new Interrupted(`${title}: stopped`, 'run the same command again; nothing that was there is lost')
      : new Interrupted(`${title}: the server goes on with job ${id}`, `attune jobs show ${id}, or jobs cancel ${id}`);
  } finally {
    bars.stop('stopped');
  }
}

async function untilEnded(id: string, { client, signal }: ServedRun, told: (job: Job) => void): Promise<Job> {
  for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * 1.5, SLOWEST_POLL_MS)) {
    const job = await client.get<Job>(`/v1/jobs/${encodeURIComponent(id)}`, { signal });
    told(job);
    if (hasEnded(job)) return job;
    await wait(pause, undefined, { signal });
  }
}
