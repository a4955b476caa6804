import { nearest, PipelineError, type Finding, type Registry } from '@attune/engine';
import type { Plugin } from '@attune/sdk';
import { dimsOf } from '../spaces/model-spaces.js';
import type { LoadedConfig } from './load-config.js';

/** Throws a PipelineError where a trainer that configuration names does not exist or refuses its options. */
export function proveTraining({ config, locate }: LoadedConfig, registry: Registry): void {
  const findings = config.train.flatMap(({ use, config: options, index }, i): readonly Finding[] => {
    const plugin = registry.get('trainer', use)?.plugin;
    if (plugin === undefined)
      return [{ ...locate(['train', i, 'use']), cause: `no trainer '${use}'`, fix: fixOf(use, registry) }];
    const { data, error } = plugin.config.safeParse(options);
    if (error === undefined) {
      const own = vectorFindings(i, plugin.itemVectors, { config, locate });
      return index && own.length === 0 ? indexFindings(i, plugin, data, { config, locate }) : own;
    }
    return error.issues.map(({ path, message }) => {
      const at = path.map((key) => (typeof key === 'symbol' ? String(key) : key));
      const option = at.length === 0 ? '' : `option ${at.join('.')}: `;
      const fix = "mend it; the plugin's page lists its options and ranges";
      return { ...locate(['train', i, 'config', ...at]), cause: `${use}: ${option}${message}`, fix };
    });
  });
  if (findings.length > 0) throw new PipelineError(findings);
}

/** Spaces that a trainer reads, and no embedder fills. */
function vectorFindings(
  i: number,
  spaces: readonly string[],
  { config: { train, embedders }, locate }: Pick<LoadedConfig, 'config' | 'locate'>,
): readonly Finding[] {
  const lacking = spaces.filter((space) => !embedders.some(({ id }) => id === space));
  return lacking.map((space) => ({
    ...locate(['train', i, 'use']),
    cause: `the trainer '${train[i]!.use}' reads the vectors of space '${space}', which no embedder fills`,
    fix: `add an embedder with id '${space}', or drop the trainer`,
  }));
}

/** What there is against a model in the search index. */
function indexFindings(
  i: number,
  { itemVectors }: Pick<Plugin, 'itemVectors'>,
  options: unknown,
  { config, locate }: Pick<LoadedConfig, 'config' | 'locate'>,
): readonly Finding[] {
  const { use } = config.train[i]!;
  const at = locate(['train', i, 'index']);
  const taken = config.embedders.some(({ id }) => id === use);
  return [
    ...(itemVectors.length > 0 || dimsOf(options) > 0
      ? []
      : [
          {
            ...at,
            cause: `the trainer '${use}' makes no item factors`,
            fix: 'drop index, or use one that does: ials, text-adapter',
          },
        ]),
    ...(taken
      ? [{ ...at, cause: `an embedder fills a space '${use}' already`, fix: 'give the embedder another id' }]
      : []),
  ];
}

function fixOf(use: string, registry: Registry): string {
  const ids = registry.ids('trainer');
  const near = nearest(use, ids);
  return near === undefined
    ? `use one of ${ids.join(', ')}, or add its package under plugins`
    : `did you mean '${near}'?`;
}
