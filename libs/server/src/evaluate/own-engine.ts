import { Engine, type BuildContext, type PipelineSource, type PipelineSpec } from '@attune/engine';
import { AttuneError, type Query, type TenantStores } from '@attune/sdk';

/** Time that is never over: a job's slates wait for every plugin, however busy the machine. */
const PATIENT_MS = 60_000;

/** What slates of a job are made with: as those of requests, but watched by nobody. */
export type JobEngineParts = Omit<BuildContext, 'observer' | 'stores'> & {
  readonly stores: TenantStores;
  /** The engine that serves requests: its pipelines are the ones asked. */
  readonly engine: Engine;
  /** A query as searches understand it; `language`: BCP 47, default told from the script. */
  readonly understand: (typed: string, language?: string) => Promise<Query>;
};

/**
 * An engine for one pipeline and one job. Breakers, ladder and deadlines of the engine that serves people are not
 * touched; models are shared with it. To be closed. Throws a PipelineError where the pipeline does not hold.
 */
export async function openOwnEngine(source: PipelineSource, parts: JobEngineParts): Promise<Engine> {
  const { tenant, registry, ports, stores, spaces, clock, footing } = parts;
  const engine = new Engine({ tenant, registry, ports, stores, spaces, clock, ...(footing && { footing }) });
  try {
    await engine.load([{ ...source, spec: patient(source.spec) }]);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** The pipeline file of a surface as it is served now. Throws SURFACE_NOT_FOUND. */
export function sourceOf(surface: string, { engine }: Pick<JobEngineParts, 'engine'>): PipelineSource {
  const source = engine.sources.find(({ spec }) => spec.surface === surface);
  if (source !== undefined) return source;
  throw new AttuneError('SURFACE_NOT_FOUND', `no surface '${surface}'; there are ${engine.surfaces.join(', ')}`);
}

function patient(spec: PipelineSpec): PipelineSpec {
  const slow = <T extends object>(step: T): T & { readonly hardMs: number } => ({ ...step, hardMs: PATIENT_MS });
  return {
    ...spec,
    deadlineMs: PATIENT_MS,
    retrieve: spec.retrieve.map(slow),
    filter: spec.filter.map(slow),
    score: spec.score.map(slow),
    rank: slow(spec.rank),
    rerank: spec.rerank.map(slow),
    explain: spec.explain.map(slow),
    fallback: slow(spec.fallback),
  };
}
