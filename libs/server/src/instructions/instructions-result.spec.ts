import { gatewayForEach } from '../http/testing/test-gateway.js';
import type { JobWork } from '../jobs/job.js';
import { withoutUsers } from './without-users.js';

const USERS = ['ann', 'x\u2028y', '茶'];
const LINE = { task: 'purchase', title: '茶 of "x"' };
const work: JobWork = async ({ result }) => {
  for (const userId of USERS) await result.line({ userId, ...LINE });
  return { ok: 3, failed: 0, errors: [] };
};
const gateway = gatewayForEach({ work });

describe('the result of an instructions job', () => {
  it('names nobody where it is read, and is known to the erasure all the same', async () => {
    const { jobId } = (await gateway.call('POST', '/v1/jobs', { type: 'instructions' })).json<{ jobId: string }>();
    await gateway.tenant.jobs.ended(jobId);
    const answer = await gateway.call('GET', `/v1/jobs/${jobId}/result`);
    expect(answer.text).toBe(USERS.map(() => `${JSON.stringify(LINE)}\n`).join(''));
    expect(await gateway.tenant.jobs.names('x\u2028y')).toBe(true);
    expect(await gateway.tenant.jobs.forgetFound(['ann'])).toBe(1);
    expect((await gateway.call('GET', `/v1/jobs/${jobId}/result`)).text.split('\n')).toHaveLength(USERS.length);
  });

  it.each([
    { tasks: [] },
    { tasks: ['singing'] },
    { limitPerTask: 0 },
    { limitPerTask: 100_001 },
    { heldOutShare: 0.6 },
    { heldOutShare: -0.1 },
    { seed: 2 ** 32 },
    { userId: 'ann' },
  ])('is not asked for with %j', async (wrong) => {
    await gateway.problem(
      await gateway.call('POST', '/v1/jobs', { type: 'instructions', ...wrong }),
      400,
      'VALIDATION_FAILED',
    );
  });

  it('is read whole, wherever its bytes are cut', async () => {
    const bytes = new TextEncoder().encode(USERS.map((userId) => `${JSON.stringify({ userId, ...LINE })}\n`).join(''));
    const one = async function* (): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1);
    };
    const read: string[] = [];
    for await (const piece of withoutUsers(one())) read.push(piece);
    expect(read.join('')).toBe(USERS.map(() => `${JSON.stringify(LINE)}\n`).join(''));
  });
});
