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
    const one = (name: MetricName, value: (tenant: TenantPlatform) => number): void =>
      metrics.set(
        name,
        all.map((tenant) => ({ labels: { tenant: tenant.tenant }, value: value(tenant) })),
      );
    one('attune_ladder_rung', ({ engine }) => engine.rung);
    one('attune_items', ({ stores }) => stores.items.size());
    one('attune_events_stored', ({ stores }) => stores.events.size());
    one('attune_slate_log_slates', ({ stores }) => stores.slates.stats().slates);
    one('attune_slate_log_bytes', ({ stores }) => stores.slates.stats().sizeBytes);
    one('attune_slate_log_dropped', ({ stores }) => stores.slates.stats().dropped);
    metrics.set('attune_jobs', all.flatMap(jobRows));
    const stored = await Promise.all(all.map((tenant) => artifactRows(tenant, artifacts)));
    metrics.set('attune_artifact_created_timestamp_seconds', stored.flat());
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

function jobRows({ tenant, jobs }: TenantPlatform): readonly Row[] {
  const unended = jobs.list().filter(({ finishedAt }) => finishedAt === undefined);
  return JOB_TYPES.flatMap((type) =>
    (['waiting', 'active'] as const).map((state) => ({
      labels: { tenant, type, state },
      value: unended.filter((job) => job.type === type && job.state === state).length,
    })),
  );
}

async function artifactRows({ tenant, stores }: TenantPlatform, names: readonly string[]): Promise<readonly Row[]> {
  const rows = names.map(async (artifact) => {
    const digest = stores.artifacts.promoted(artifact);
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
