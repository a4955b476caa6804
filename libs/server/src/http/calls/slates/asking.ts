import { AttuneError } from '@attune/sdk';
import type { Platform, TenantPlatform } from '../../../platform/tenant-platform.js';

/** Who asks, and where. */
export interface Asking {
  readonly platform: Platform;
  readonly tenant: TenantPlatform;
  readonly requestId: string;
}

/** Throws NOT_READY. */
export function refuseUntilReady({ ready }: Platform): void {
  if (!ready) throw new AttuneError('NOT_READY', 'the pipelines are being proved and warmed');
}
