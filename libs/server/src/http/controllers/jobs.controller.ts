import { Controller, Req } from '@nestjs/common';
import type { Job } from '../../jobs/job.js';
import type { GatewayRequest } from '../gateway-request.js';
import { cancelJob, getJob, listJobs, startJob } from '../operations/jobs.operations.js';
import { Handles } from '../operations/operation.js';
import { parsed } from '../problems/invalid-request.js';

@Controller()
export class JobsController {
  @Handles(startJob)
  start(@Req() { tenant, body }: GatewayRequest): { readonly jobId: string } {
    return { jobId: tenant.jobs.enqueue(parsed(startJob.body, body)) };
  }

  @Handles(listJobs)
  list(@Req() { tenant }: GatewayRequest): { readonly jobs: readonly Job[] } {
    return { jobs: tenant.jobs.list() };
  }

  @Handles(getJob)
  get(@Req() { tenant, params }: GatewayRequest): Job {
    return tenant.jobs.get(params.id);
  }

  @Handles(cancelJob)
  cancel(@Req() { tenant, params }: GatewayRequest): Promise<Job> {
    return tenant.jobs.cancel(params.id);
  }
}
