import type { Clock, HostPorts, Kind, Plugin, PortName, RequestNeed, Space } from '@attune/sdk';
import type { Registry } from '../registry.js';
import { digestOf, PluginInstance } from '../runtime/plugin-instance.js';
import { needsOf } from '../slate/gather.js';
import type { ServedStores, SlateObserver } from '../slate/serving.js';
import { PipelineError, type Finding } from './finding.js';
import type { PipelineSource, StepSpec } from './pipeline.schema.js';
import type { Pipeline } from './pipeline.js';
import { proveColumns, stepsOf } from './prove.js';

/** What pipelines stand on from one exchange to the next: their spaces mean the same models all the while. */
export interface Footing {
  readonly ports: HostPorts;
  readonly stores: ServedStores;
  /** By the name that pipelines know each by. */
  readonly spaces: ReadonlyMap<string, Space>;
  /** Artifacts that the spaces follow from, by name: the digest. Default: none. */
  readonly spaceArtifacts?: ReadonlyMap<string, string>;
}

export interface BuildContext extends Footing {
  readonly tenant: string;
  readonly registry: Registry;
  readonly clock: Clock;
  /** Default: nobody watches. */
  readonly observer?: SlateObserver | undefined;
  /** Asked for at every exchange; default what is given here, for good. */
  readonly footing?: () => Promise<Footing>;
}

/** A pipeline with the instances it holds; equal steps of several pipelines share one. */
export interface BuiltPipeline {
  readonly source: PipelineSource;
  readonly pipeline: Pipeline;
  readonly instances: readonly PluginInstance[];
  readonly stores: ServedStores;
}

/** Instances by what they follow from, kept from one build to the next. */
export type InstancePool = Map<string, PluginInstance>;

const HEAD_DEPTH_FACTOR = 4;
const MAX_DEPTH = 1000;

/** Sets up every step of a pipeline that was proved. Throws a PipelineError with file, line, cause and fix. */
export async function buildPipeline(
  source: PipelineSource,
  pool: InstancePool,
  context: BuildContext,
): Promise<BuiltPipeline> {
  const { spec } = source;
  const instances = await instancesOf(source, pool, context);
  const at = <K extends Kind>(step: StepSpec): PluginInstance<K> =>
    instances.get(step) as PluginInstance as PluginInstance<K>;
  const rank = at<'ranker'>(spec.rank);
  const unwritten = proveColumns(source, rank.running?.reads);
  if (unwritten.length > 0) throw new PipelineError(unwritten);
  const filter = spec.filter.map((step) => at<'filter'>(step));
  const score = spec.score.map((step) => at<'scorer'>(step));
  const rerank = present(spec.rerank.map((step) => [step, at<'reranker'>(step)]));
  const explain = present(spec.explain.map((step) => [step, at<'explainer'>(step)]));
  const all = [...instances.values()];
  const pipeline: Pipeline = {
    surface: spec.surface,
    digest: digestOf([spec, all.map(({ digest }) => digest), Array.from(context.spaces.values(), identityOf)]),
    deadlineMs: spec.deadlineMs,
    retrieve: spec.retrieve.map((step) => withLimit(at<'retriever'>(step), step.limit)),
    ...{ filter, score, rank, rerank, explain },
    depth: depthOf(rerank),
    fallback: withLimit(at<'retriever'>(spec.fallback), MAX_DEPTH),
    needs: {
      person: new Set(all.flatMap(({ plugin }) => plugin.needs as readonly RequestNeed[])),
      filter: needsOf(filter),
      score: needsOf([...score, rank]),
      head: needsOf([...rerank, ...explain]),
    },
  };
  return { source, pipeline, instances: all, stores: context.stores };
}

/** The steps there are: those that wait for a language model for good, and may be left out for it, are not. */
const present = <K extends Kind>(
  steps: readonly (readonly [{ readonly optional?: boolean | undefined }, PluginInstance<K>])[],
): readonly PluginInstance<K>[] =>
  steps.flatMap(([{ optional }, instance]) =>
    optional === true && instance.waitingFor?.code === 'LLM_MISSING' ? [] : [instance],
  );

/** What of a space decides how vectors are compared. */
const identityOf = ({ id, dims, metric }: Space): unknown => [id, dims, metric];

/** The instance of each step, in the order in which the file lists them. */
async function instancesOf(
  source: PipelineSource,
  pool: InstancePool,
  context: BuildContext,
): Promise<ReadonlyMap<StepSpec, PluginInstance>> {
  const findings: Finding[] = [];
  const instances = new Map<StepSpec, PluginInstance>();
  for (const { kind, path, step } of stepsOf(source.spec)) {
    try {
      instances.set(step, await instanceOf(kind, step, pool, context));
    } catch (error) {
      const [why] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
      const cause = `${step.use} could not be set up: ${why}`;
      findings.push({ ...source.locate(path), cause, fix: 'mend what it names, or drop the step' });
    }
  }
  if (findings.length > 0) throw new PipelineError(findings);
  return instances;
}

/** How many candidates the re-rankers see: what the greediest wants, at least 4 × limit. */
function depthOf(steps: readonly PluginInstance<'reranker'>[]): Pipeline['depth'] {
  if (steps.length === 0) return (limit) => limit;
  // What is no number (NaN from a plugin's arithmetic) is no wish.
  const deepest = Math.max(...steps.map(({ running }) => Math.ceil(running?.depth ?? 0) || 0));
  return (limit) => Math.min(MAX_DEPTH, Math.max(limit * HEAD_DEPTH_FACTOR, deepest));
}

/** A set-up step with its own limit; everything else stays the instance's. */
function withLimit(instance: PluginInstance<'retriever'>, limit: number): Pipeline['retrieve'][number] {
  const { name, plugin, hardMs, breaker, digest, running, waitingFor } = instance;
  return { name, plugin, hardMs, breaker, digest, running, waitingFor, limit };
}

/** The instance of a step: one that exists already where nothing it follows from has changed. */
async function instanceOf(
  kind: Kind,
  step: StepSpec & { readonly as?: string | undefined },
  pool: InstancePool,
  context: BuildContext,
): Promise<PluginInstance> {
  const registered = context.registry.get(kind, step.use)!;
  const config: unknown = registered.plugin.config.parse(step.config ?? {});
  const name = step.as ?? step.use;
  const isolated = step.isolate ?? registered.origin.isolated;
  const hardMs = step.hardMs ?? registered.plugin.budget.hardMs;
  // As written and as parsed: a schema may turn options into what JSON cannot tell apart.
  const artifacts = reachesSpaces(registered.plugin) ? [...(context.spaceArtifacts ?? [])] : [];
  const key = JSON.stringify([kind, step.use, name, step.config ?? {}, config, isolated, hardMs, artifacts]);
  const known = pool.get(key);
  if (known !== undefined) return known;
  const { tenant, ports, clock } = context;
  const options = { name, config, hardMs, isolated, tenant, ports, clock, artifacts };
  const made = await PluginInstance.setUp(registered, options);
  pool.set(key, made);
  return made;
}

const SPACE_PORTS: ReadonlySet<PortName> = new Set<PortName>(['vectorIndex', 'itemVectors', 'embed']);

/** Whether what a plugin answers may follow from vectors. */
const reachesSpaces = ({ uses, itemVectors }: Pick<Plugin, 'uses' | 'itemVectors'>): boolean =>
  itemVectors.length > 0 || uses.some((port) => SPACE_PORTS.has(port));
