import type { Platform, TenantPlatform } from '../platform/tenant-platform.js';
import { checkItems, checkVectors } from './catalogue.check.js';
import type { Check } from './check.js';
import { checkConsent, checkEvents } from './events.check.js';
import { checkHotStore } from './hot-store.check.js';
import { checkModels } from './models.check.js';
import { checkSurfaces } from './surfaces.check.js';

export interface Diagnosis {
  /** The server's clock, ISO time. */
  readonly now: string;
  readonly checks: readonly Check[];
}

/** Looks over the data of one tenant. Reads every event once: for people, not for monitoring. */
export async function diagnose(
  tenant: TenantPlatform,
  { config, clock }: Pick<Platform, 'config' | 'clock'>,
): Promise<Diagnosis> {
  const now = clock.now();
  const checks = [
    await checkItems(tenant),
    ...(await checkVectors(tenant)),
    ...(await checkEvents(tenant, now)),
    await checkConsent(tenant),
    ...(await checkHotStore(tenant)),
    ...(await checkModels(tenant, config)),
    ...(await checkSurfaces(tenant, now)),
  ];
  return { now: new Date(now).toISOString(), checks };
}
