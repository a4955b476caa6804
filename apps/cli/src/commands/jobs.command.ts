import type { Command } from 'commander';
import { followJob } from '../jobs/follow-job.js';
import type { Job } from '../jobs/job.js';
import { jobLines, jobTable } from '../jobs/job.view.js';
import { addCommand, runServed, type CommonOptions, type Surroundings } from './command.js';

export function addJobs(program: Command, surroundings: Surroundings): void {
  const jobs = program.command('jobs').description('Work off the request path: list, show, follow, do again, cancel.');
  addCommand(jobs, {
    usage: 'list',
    summary: 'Jobs of the last day, newest first.',
    examples: ['jobs', 'jobs list --json'],
    isDefault: true,
  }).action((options: CommonOptions) =>
    runServed(options, surroundings, async ({ client, output, signal }) => {
      const answer = await client.get<{ readonly jobs: readonly Job[] }>('/v1/jobs', { signal });
      output.lines(...jobTable(answer.jobs, output));
      output.document(answer);
    }),
  );
  addCommand(jobs, {
    usage: 'show <id>',
    summary: 'How a job stands.',
    examples: ['jobs show job-5a7c0a3e', 'jobs show job-5a7c0a3e --follow'],
  })
    .option('--follow', 'wait for its end')
    .action((id: string, options: CommonOptions & { readonly follow?: boolean }) =>
      runServed(options, surroundings, async (running) => {
        if (options.follow === true) await followJob(id, id, running);
        const job = await running.client.get<Job>(pathOf(id), { signal: running.signal });
        running.output.lines(...jobLines(job));
        running.output.document(job);
      }),
    );
  addCommand(jobs, {
    usage: 'retry <id>',
    summary: 'Do a failed job again, as a new one.',
    examples: ['jobs retry job-5a7c0a3e'],
  }).action((id: string, options: CommonOptions) =>
    runServed(options, surroundings, async ({ client, output, signal }) => {
      const { jobId } = await client.call<{ readonly jobId: string }>('POST', `${pathOf(id)}/retry`, { signal });
      const job = await client.get<Job>(pathOf(jobId), { signal });
      output.lines(...jobLines(job));
      output.document(job);
    }),
  );
  addCommand(jobs, {
    usage: 'cancel <id>',
    summary: 'Stop a job.',
    examples: ['jobs cancel job-5a7c0a3e'],
  }).action((id: string, options: CommonOptions) =>
    runServed(options, surroundings, async ({ client, output, signal }) => {
      const job = await client.call<Job>('DELETE', pathOf(id), { signal });
      output.lines(...jobLines(job));
      output.document(job);
    }),
  );
}

const pathOf = (id: string): string => `/v1/jobs/${encodeURIComponent(id)}`;
