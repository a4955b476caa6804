import type { Engine } from '@attune/engine';
import type { TenantStores } from '@attune/sdk';

export interface SwapParts {
  readonly stores: Pick<TenantStores, 'artifacts' | 'changes'>;
  readonly engine: Pick<Engine, 'reload'>;
}

/**
 * Promotes an artifact and has the pipelines of every process use it. One that they cannot use gives way to the one before,
 * or to none: a first one that stayed would keep every process from starting.
 */
export async function swapIn(name: string, digest: string, { stores, engine }: SwapParts): Promise<void> {
  const before = await stores.artifacts.promoted(name);
  await stores.artifacts.promote(name, digest);
  try {
    await engine.reload([name]);
  } catch (error) {
    await stores.artifacts.promote(name, before);
    throw error;
  }
  await stores.changes.publish({ kind: 'model', name });
}
