import type { Item, SearchIndex, SlateAnswer, Trace } from '@attune/sdk';
import type { EngineRequest } from '@attune/engine';
import type { TenantPlatform } from '../platform/tenant-platform.js';
import { ok, problem, warning, type Check } from './check.js';

type Looked = Pick<TenantPlatform, 'stores' | 'engine'>;

/** Whether each surface has something to show to somebody new: the slate that needs nothing but items. */
export async function checkSurfaces({ stores: { items }, engine }: Looked, now: number): Promise<readonly Check[]> {
  if (items.size() === 0) return [];
  const first = await firstOf(items);
  const checks: Check[] = [];
  for (const surface of engine.surfaces) {
    const asked: EngineRequest = {
      id: `diagnosis-${surface}`,
      now,
      itemIds: first === undefined ? [] : [first.id],
      query: first && { text: first.title },
      exclude: [],
      context: {},
      seen: 'include',
      limit: 10,
      explain: false,
      trace: true,
    };
    const [served] = await engine.serve(surface, [asked]);
    if (served !== undefined) checks.push(judge(served.slate));
  }
  return checks;
}

async function firstOf(items: SearchIndex): Promise<Item | undefined> {
  for await (const [item] of items.scan()) return item;
  return undefined;
}

function judge({ surface, items, degraded, trace }: SlateAnswer): Check {
  const id = `surface:${surface}`;
  if (items.length === 0) return empty(id, surface, trace);
  const [worst] = degraded;
  if (worst === undefined) return ok(id, `a newcomer is shown ${items.length} items`);
  const fix = worst.code === 'ARTIFACT_MISSING' ? 'attune train' : `see /docs/errors/${worst.code} of the server`;
  return warning(id, `${worst.plugin} is left out (${worst.code})`, fix);
}

function empty(id: string, surface: string, trace: Trace | undefined): Check {
  const removed = new Map<string, number>();
  for (const { filteredBy } of trace?.candidates ?? [])
    if (filteredBy !== undefined) removed.set(filteredBy, (removed.get(filteredBy) ?? 0) + 1);
  const [worst] = [...removed].sort((a, b) => b[1] - a[1]);
  const fix = `loosen the filters of surfaces/${surface}.yaml`;
  if (worst !== undefined) return problem(id, `all candidates are filtered: '${worst[0]}' removed ${worst[1]}`, fix);
  const what = 'nothing is proposed to a newcomer that the filters let through';
  return problem(id, what, `attune import events <file> with purchases, and attune train; else ${fix}`);
}
