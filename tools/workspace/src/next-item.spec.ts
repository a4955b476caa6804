import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from '@attune/sdk';
import { chain, contract, trainOn, worldContract } from '@attune/testkit';
import { referenceRuntime } from '@attune/training';
import { workspaceRoot } from './source-files.js';

const file = join(workspaceRoot, 'docs', 'guides', 'examples', 'next-item.cjs');
const { nextItemTrainer, nextItemScorer } = createRequire(file)(file) as {
  readonly nextItemTrainer: Plugin<'trainer'>;
  readonly nextItemScorer: Plugin<'scorer'>;
};
const host = { graphs: referenceRuntime };
const options = { world: chain(), host, trainers: { 'next-item': { plugin: nextItemTrainer } } };

// The example of docs/guides/train-your-own-model.md, by the tests that the guide tells of.
contract(nextItemTrainer, {}, { world: chain(), host, rows: { before: 'items', after: 'items' } });
contract(nextItemScorer, {}, options);
worldContract(nextItemScorer, {}, chain(), { host, trainers: options.trainers });

it('learns more than chance knows, the same each time', async () => {
  const { evaluation, arrays } = await trainOn(chain(), { plugin: nextItemTrainer }, host);
  expect(evaluation!.value).toBeGreaterThan(1);
  const again = await trainOn(chain(), { plugin: nextItemTrainer }, host);
  expect(again.arrays).toEqual(arrays);
});
