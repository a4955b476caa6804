import { nearest, PipelineError, type Finding, type Registry } from '@attune/engine';
import type { LoadedConfig } from './load-config.js';

/** Throws a PipelineError where a trainer that configuration names does not exist or refuses its options. */
export function proveTraining({ config, locate }: LoadedConfig, registry: Registry): void {
  const findings = config.train.flatMap(({ use, config: options }, i): readonly Finding[] => {
    const plugin = registry.get('trainer', use)?.plugin;
    if (plugin === undefined)
      return [{ ...locate(['train', i, 'use']), cause: `no trainer '${use}'`, fix: fixOf(use, registry) }];
    const issues = plugin.config.safeParse(options).error?.issues ?? [];
    return issues.map(({ path, message }) => {
      const at = path.map((key) => (typeof key === 'symbol' ? String(key) : key));
      const option = at.length === 0 ? '' : `option ${at.join('.')}: `;
      const fix = "mend it; the plugin's page lists its options and ranges";
      return { ...locate(['train', i, 'config', ...at]), cause: `${use}: ${option}${message}`, fix };
    });
  });
  if (findings.length > 0) throw new PipelineError(findings);
}

function fixOf(use: string, registry: Registry): string {
  const ids = registry.ids('trainer');
  const near = nearest(use, ids);
  return near === undefined
    ? `use one of ${ids.join(', ')}, or add its package under plugins`
    : `did you mean '${near}'?`;
}
