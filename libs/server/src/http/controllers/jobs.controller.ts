import { Readable } from 'node:stream';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { withoutUsers } from '../../instructions/without-users.js';
import type { Job } from '../../jobs/job.js';
import type { Platform } from '../../platform/tenant-platform.js';
import { cancelOne, jobsPage, retryOne, startOne, type JobsPage } from '../calls/jobs.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { cancelJob, getJob, getJobResult, listJobs, retryJob, startJob } from '../operations/jobs.operations.js';
import { Handles, NDJSON } from '../operations/operation.js';
import { parsed } from '../problems/invalid-request.js';

const MEDIA_TYPES = { json: 'application/json', ndjson: NDJSON } as const;

@Controller()
export class JobsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(startJob)
  start(@Req() { tenant, body, headers }: GatewayRequest): Promise<{ readonly jobId: string }> {
    const idempotencyKey = parsed(startJob.headers, headers)['idempotency-key'];
    const { config } = this.platform;
    return startOne({ request: parsed(startJob.body, body), idempotencyKey, config }, tenant);
  }

  @Handles(listJobs)
  list(@Req() { tenant, query }: GatewayRequest): Promise<JobsPage> {
    return jobsPage(parsed(listJobs.query, query), tenant);
  }

  @Handles(getJob)
  get(@Req() { tenant, params }: GatewayRequest): Promise<Job> {
    return tenant.jobs.get(params.id);
  }

  @Handles(getJobResult)
  async result(@Req() { tenant, params }: GatewayRequest, @Res() reply: FastifyReply): Promise<void> {
    const { kind, stream } = await tenant.jobs.result(params.id);
    const { type } = await tenant.jobs.get(params.id);
    // Without its length: an erasure may put a shorter file in its place before this one is opened.
    void reply.type(MEDIA_TYPES[kind]).send(Readable.from(type === 'instructions' ? withoutUsers(stream()) : stream()));
  }

  @Handles(retryJob)
  retry(@Req() { tenant, params }: GatewayRequest): Promise<{ readonly jobId: string }> {
    return retryOne(params.id, tenant);
  }

  @Handles(cancelJob)
  cancel(@Req() { tenant, params }: GatewayRequest): Promise<Job> {
    return cancelOne(params.id, tenant);
  }
}
