import { performance } from 'node:perf_hooks';
import { Engine, type Registry } from '@attune/engine';
import { PortError, type TenantStores } from '@attune/sdk';
import { hostPorts } from '../platform/host-ports.js';

const NOW = Date.parse('2026-11-21T09:30:00Z');

/** An engine without models of text; nothing is loaded yet. */
export function engineOn(stores: TenantStores, registry: Registry): Engine {
  const embed = { query: () => Promise.reject(new PortError('SPACE_UNKNOWN', 'no space')) };
  const clock = { now: () => NOW, monotonic: () => performance.now() };
  return new Engine({
    tenant: 'default',
    registry,
    ports: hostPorts(stores, embed, () => undefined),
    stores,
    spaces: new Map(),
    clock,
  });
}

/** Ids that a surface gives somebody unknown who looks at some items. */
export async function slateOf(
  engine: Engine,
  surface: string,
  itemIds: readonly string[] = [],
): Promise<readonly string[]> {
  const asked = {
    id: 'r',
    now: NOW,
    itemIds,
    exclude: [],
    context: {},
    limit: 10,
    seen: 'exclude',
    explain: false,
    trace: false,
  } as const;
  const [served] = await engine.serve(surface, [asked]);
  return served!.slate.items.map(({ id }) => id);
}
