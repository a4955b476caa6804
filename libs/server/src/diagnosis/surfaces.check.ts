import type { Item, SearchIndex, SlateAnswer, Trace } from '@attune/sdk';
import type { EngineRequest } from '@attune/engine';
import type { TenantPlatform } from '../platform/tenant-platform.js';
import { ok, problem, warning, type Check } from './check.js';

type Looked = Pick<TenantPlatform, 'stores' | 'engine'>;

/** Whether each surface has something to show to somebody new: the slate that needs nothing but items. */
export async function checkSurfaces({ stores: { items }, engine }: Looked, now: number): Promise<readonly Check[]> {
  if ((await items.size()) === 0) return [];
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
    const slate = await slateOf(engine, asked, surface);
    if (slate !== undefined) checks.push(judge(slate));
  }
  return checks;
}

/** A slate, asked for again where something was left out: in a first call a model may still be opened. */
async function slateOf(
  engine: Looked['engine'],
  asked: EngineRequest,
  surface: string,
): Promise<SlateAnswer | undefined> {
  const [first] = await engine.serve(surface, [asked]);
  if (first === undefined || first.slate.degraded.length === 0) return first?.slate;
  const [second] = await engine.serve(surface, [asked]);
  return second?.slate;
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
  return warning(id, `${worst.plugin} is left out (${worst.code})`, fixOf(worst, surface));
}

const LATE: readonly string[] = ['PLUGIN_TIMEOUT', 'PLUGIN_CIRCUIT_OPEN', 'DEADLINE_EXCEEDED', 'LOAD_SHED'];

function fixOf({ plugin, code }: SlateAnswer['degraded'][number], surface: string): string {
  if (code === 'ARTIFACT_MISSING') return 'attune train';
  if (!LATE.includes(code)) return `see /docs/errors/${code} of the server`;
  return `if it stays when the server is idle, raise hardMs of '${plugin}' or deadlineMs in surfaces/${surface}.yaml`;
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
