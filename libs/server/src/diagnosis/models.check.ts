import type { Config } from '../config/config.schema.js';
import type { TenantPlatform } from '../platform/tenant-platform.js';
import { ok, problem, warning, type Check } from './check.js';

type Looked = Pick<TenantPlatform, 'stores' | 'jobs'>;

/** Whether the configured models are trained, and how the last training went. */
export async function checkModels(
  { stores: { artifacts }, jobs }: Looked,
  { train }: Pick<Config, 'train'>,
): Promise<readonly Check[]> {
  if (train.length === 0) return [];
  const promoted = await Promise.all(train.map(({ use }) => artifacts.promoted(use)));
  const missing = train.map(({ use }) => use).filter((_, i) => promoted[i] === undefined);
  const trained =
    missing.length === 0
      ? ok('models', `trained and in use: ${train.map(({ use }) => use).join(', ')}`)
      : problem('models', `not trained yet: ${missing.join(', ')}`, 'attune train');
  const last = (await jobs.list()).find(
    ({ type, state }) => type === 'train' && (state === 'completed' || state === 'failed'),
  );
  if (last?.state !== 'failed') return [trained];
  const why = last.error?.split('\n', 1)[0] ?? 'for no stated reason';
  return [trained, warning('training', `the last training failed: ${why}`, `attune jobs show ${last.id}`)];
}
