import type { SlateLog } from '@attune/sdk';
import { JOB_TYPES } from '../jobs/job.js';
import type { TenantPlatform } from '../platform/tenant-platform.js';
import { addCounts, noCounts, type AttributedCounts, type Counts } from '../slates/attribution-table.js';
import type { MetricName } from './metric-table.js';
import type { Metrics } from './metrics.js';

/** Positions told apart; what is further down is one. */
const POSITIONS = 20;
/** Pipelines told apart a surface: those with most impressions. */
const PIPELINES = 5;

interface Row {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** Counts a tenant's jobs as they end. */
export function countJobs(metrics: Metrics, { tenant, jobs }: Pick<TenantPlatform, 'tenant' | 'jobs'>): void {
  jobs.onChange(({ type, state, finishedAt }) => {
    if (finishedAt !== undefined) metrics.count('attune_jobs_total', [tenant, type, state]);
  });
}

/** Looks at the state of every tenant whenever metrics are asked for. `artifacts`: names of the models trained. */
export function lookAtTenants(
  metrics: Metrics,
  tenants: ReadonlyMap<string, TenantPlatform>,
  artifacts: readonly string[],
): void {
  metrics.onLook(async () => {
    const all = [...tenants.values()];
    const looks = await Promise.allSettled(all.map(lookAt));
    const looked = looks.flatMap((look) => (look.status === 'fulfilled' ? [look.value] : []));
    const one = (name: MetricName, value: (look: Look) => number): void =>
      metrics.set(
        name,
        looked.map((look) => ({ labels: { tenant: look.tenant }, value: value(look) })),
      );
    one('attune_ladder_rung', ({ rung }) => rung);
    one('attune_items', ({ items }) => items);
    one('attune_events_stored', ({ events }) => events);
    one('attune_slate_log_slates', ({ slates }) => slates.slates);
    one('attune_slate_log_bytes', ({ slates }) => slates.sizeBytes);
    one('attune_slate_log_dropped', ({ slates }) => slates.dropped);
    metrics.set('attune_jobs', await rowsOf(all, jobRows));
    metrics.set('attune_queue_jobs', await rowsOf(all, queueRows));
    const stored = await rowsOf(all, (tenant) => artifactRows(tenant, artifacts));
    metrics.set('attune_artifact_created_timestamp_seconds', stored);
    const totals = all.flatMap((tenant) => attributed(tenant).map((row) => ({ ...row, tenant: tenant.tenant })));
    for (const kind of ['impressions', 'clicks', 'carts', 'purchases'] as const) {
      metrics.set(
        `attune_attributed_${kind}`,
        totals.map(({ tenant, surface, pipeline, position, [kind]: value }) => ({
          labels: { tenant, surface, pipeline, position },
          value,
        })),
      );
    }
  });
}

interface Look {
  readonly tenant: string;
  readonly rung: number;
  readonly items: number;
  readonly events: number;
  readonly slates: Awaited<ReturnType<SlateLog['stats']>>;
}

async function lookAt({ tenant, engine, stores }: TenantPlatform): Promise<Look> {
  const [items, events, slates] = await Promise.all([stores.items.size(), stores.events.size(), stores.slates.stats()]);
  return { tenant, rung: engine.rung, items, events, slates };
}

/** Of tenants whose store does not answer there are none. */
async function rowsOf(
  tenants: readonly TenantPlatform[],
  rows: (tenant: TenantPlatform) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const all = await Promise.allSettled(tenants.map(rows));
  return all.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

async function queueRows({ tenant, jobs }: TenantPlatform): Promise<readonly Row[]> {
  const lanes = Object.entries(await jobs.counts());
  return lanes.flatMap(([lane, counts]) =>
    Object.entries(counts).map(([state, value]: [string, number]) => ({ labels: { tenant, lane, state }, value })),
  );
}

async function jobRows({ tenant, jobs }: TenantPlatform): Promise<readonly Row[]> {
  const unended = (await jobs.list()).filter(({ finishedAt }) => finishedAt === undefined);
  return JOB_TYPES.flatMap((type) =>
    (['waiting', 'active'] as const).map((state) => ({
      labels: { tenant, type, state },
      value: unended.filter((job) => job.type === type && job.state === state).length,
    })),
  );
}

async function artifactRows({ tenant, stores }: TenantPlatform, names: readonly string[]): Promise<readonly Row[]> {
  const rows = names.map(async (artifact) => {
    const digest = await stores.artifacts.promoted(artifact);
    const found = (await stores.artifacts.list(artifact)).find((one) => one.digest === digest);
    return found === undefined ? [] : [{ labels: { tenant, artifact }, value: Date.parse(found.createdAt) / 1000 }];
  });
  return (await Promise.all(rows)).flat();
}

interface Attributed extends Counts, Pick<AttributedCounts, 'surface' | 'pipeline'> {
  readonly position: string;
}

/** Counts with few enough labels: the leading pipelines of a surface and the first positions, the rest summed up. */
function attributed({ slates }: TenantPlatform): readonly Attributed[] {
  const totals = slates.attribution.totals();
  const leading = leadingPipelines(totals);
  const rows = new Map<string, Attributed>();
  for (const total of totals) {
    const pipeline = leading.has(`${total.surface} ${total.pipeline}`) ? total.pipeline : 'other';
    const position = total.position > POSITIONS ? `${POSITIONS + 1}+` : String(total.position);
    const key = `${total.surface} ${pipeline} ${position}`;
    let row = rows.get(key);
    if (row === undefined) rows.set(key, (row = { surface: total.surface, pipeline, position, ...noCounts() }));
    addCounts(row, total);
  }
  return [...rows.values()];
}

/** `surface digest` of the pipelines that are told apart. */
function leadingPipelines(totals: readonly AttributedCounts[]): ReadonlySet<string> {
  const bySurface = new Map<string, Map<string, number>>();
  for (const { surface, pipeline, impressions } of totals) {
    const known = bySurface.get(surface) ?? new Map<string, number>();
    bySurface.set(surface, known.set(pipeline, (known.get(pipeline) ?? 0) + impressions));
  }
  const leading = new Set<string>();
  for (const [surface, pipelines] of bySurface) {
    const most = [...pipelines].sort(([, a], [, b]) => b - a).slice(0, PIPELINES);
    for (const [pipeline] of most) leading.add(`${surface} ${pipeline}`);
  }
  return leading;
}
