import { pendingErasuresContract } from '@attune/testkit';
import { ScratchIndices } from '../../fixtures/scratch-indices.js';
import { describeWith } from '../../fixtures/services.js';
import { Expunger } from '../expunger.js';
import { ElasticsearchPendingErasures } from './pending-erasures.adapter.js';

describeWith(['elasticsearch'], 'ElasticsearchPendingErasures', () => {
  const scratch = new ScratchIndices();
  const { connection } = scratch;
  const warnings: string[] = [];
  const expunger = new Expunger(connection, (line) => warnings.push(line));
  let now = Date.UTC(2026, 10, 21);

  const open = async (tenant = scratch.tenant()): Promise<ElasticsearchPendingErasures> =>
    await ElasticsearchPendingErasures.open(connection, tenant, { clock: () => now++, expunger });

  afterAll(async () => {
    await expunger.close();
    await scratch.clear();
    expect(warnings).toEqual([]);
  });

  for (const { name, run } of pendingErasuresContract(() => open())) it(name, run);

  it('is one list for all processes, none of which overwrites what another knows', async () => {
    const processes = await Promise.all(Array.from({ length: 4 }, () => open('shared')));
    await Promise.all(processes.map((one, n) => one.add('ann', [`v${n}`])));
    const last = await processes[0]!.add('ann');
    expect([...last.anonymousIds].sort()).toEqual(['v0', 'v1', 'v2', 'v3']);
    await processes[1]!.finish(last);
    expect(await processes[2]!.userIds()).toEqual([]);
  });
});
