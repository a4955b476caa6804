import { nearest, PipelineError, type Finding, type PipelineSource, type Registry } from '@attune/engine';
import type { Plugin } from '@attune/sdk';
import { dimsOf } from '../spaces/model-spaces.js';
import type { Config } from './config.schema.js';
import type { LoadedConfig } from './load-config.js';

/** A trainer as configured, and where. */
interface Configured {
  readonly entry: Config['train'][number];
  readonly embedders: Config['embedders'];
  /** Where a member of the entry is written. */
  readonly at: (...path: readonly (string | number)[]) => Pick<Finding, 'file' | 'line'>;
}

/**
 * Throws a PipelineError where a trainer that configuration names does not exist, refuses its options, or reads what is not
 * there; `surfaces`: undefined where they could not be read.
 */
export function proveTraining(
  { config, locate }: LoadedConfig,
  registry: Registry,
  surfaces: readonly PipelineSource[] | undefined,
): void {
  const names = surfaces?.map(({ spec }) => spec.surface);
  const findings = config.train.flatMap((entry, i): readonly Finding[] => {
    const one = {
      entry,
      embedders: config.embedders,
      at: (...path: readonly (string | number)[]) => locate(['train', i, ...path]),
    };
    const plugin = registry.get('trainer', entry.use)?.plugin;
    if (plugin === undefined) return [unknownTrainer(one, registry)];
    const { data, error } = plugin.config.safeParse(entry.config);
    if (error !== undefined) return optionFindings(one, error.issues);
    const reads = [...(names ? surfaceFindings(one, names) : []), ...vectorFindings(one, plugin)];
    return entry.index && reads.length === 0 ? indexFindings(one, plugin, data) : reads;
  });
  if (findings.length > 0) throw new PipelineError(findings);
}

function unknownTrainer({ entry: { use }, at }: Configured, registry: Registry): Finding {
  const ids = registry.ids('trainer');
  const fix = meant(use, ids) ?? `use one of ${ids.join(', ')}, or add its package under plugins`;
  return { ...at('use'), cause: `no trainer '${use}'`, fix };
}

/** Which of the names was perhaps meant. */
function meant(name: string, names: readonly string[]): string | undefined {
  const near = nearest(name, names);
  return near && `did you mean '${near}'?`;
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

const optionFindings = ({ entry: { use }, at }: Configured, issues: readonly Issue[]): readonly Finding[] =>
  issues.map(({ path, message }) => {
    const keys = path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    const option = keys.length === 0 ? '' : `option ${keys.join('.')}: `;
    const fix = "mend it; the plugin's page lists its options and ranges";
    return { ...at('config', ...keys), cause: `${use}: ${option}${message}`, fix };
  });

/** What there is against the surface that a trainer learns from. */
function surfaceFindings({ entry: { use, surface }, at }: Configured, surfaces: readonly string[]): readonly Finding[] {
  if (surface === undefined || surfaces.includes(surface)) return [];
  const fix = meant(surface, surfaces) ?? `use one of ${surfaces.join(', ')}`;
  return [
    { ...at('surface'), cause: `the trainer '${use}' learns from surface '${surface}', which is not there`, fix },
  ];
}

/** Spaces that a trainer reads, and no embedder fills. */
const vectorFindings = (
  { entry: { use }, embedders, at }: Configured,
  { itemVectors }: Pick<Plugin, 'itemVectors'>,
): readonly Finding[] =>
  itemVectors
    .filter((space) => !embedders.some(({ id }) => id === space))
    .map((space) => ({
      ...at('use'),
      cause: `the trainer '${use}' reads the vectors of space '${space}', which no embedder fills`,
      fix: `add an embedder with id '${space}', or drop the trainer`,
    }));

/** What there is against a model in the search index. */
function indexFindings(
  { entry: { use }, embedders, at }: Configured,
  { itemVectors }: Pick<Plugin, 'itemVectors'>,
  options: unknown,
): readonly Finding[] {
  if (itemVectors.length === 0 && dimsOf(options) === 0) {
    const fix = 'drop index, or use one that does: ials, text-adapter';
    return [{ ...at('index'), cause: `the trainer '${use}' makes no item factors`, fix }];
  }
  if (!embedders.some(({ id }) => id === use)) return [];
  return [{ ...at('index'), cause: `an embedder fills a space '${use}' already`, fix: 'give the embedder another id' }];
}
