import { join } from 'node:path';
import type { JobQueue } from '@attune/sdk';
import { jobQueueContract, sampleLaneOf, sampleNamed, type OpenJobs } from '@attune/testkit';
import { Scratch } from '../../fixtures/scratch.js';
import { EmbeddedJobQueue } from './job-queue.adapter.js';
import { JobStore } from './job-store.js';

const scratch = new Scratch();
const opened: Pick<JobQueue, 'close'>[] = [];
afterEach(async () => {
  for (const jobs of opened.splice(0)) await jobs.close();
  await scratch.clear();
});

const open: OpenJobs = async (works) => {
  const clock = { now: () => Date.now() };
  const warn = (line: string): never => {
    throw new Error(line);
  };
  const store = await JobStore.open(join(await scratch.folder(), 'jobs'), { clock, warn });
  let made = 0;
  const newId = (): string => `job-${++made}`;
  const jobs = new EmbeddedJobQueue(store, { works, laneOf: sampleLaneOf, named: sampleNamed, clock, newId });
  opened.push(jobs);
  return jobs;
};

describe('EmbeddedJobQueue keeps the contract:', () => {
  it.each(jobQueueContract(open))('$name', ({ run }) => run());
});
