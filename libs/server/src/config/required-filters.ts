import { PipelineError, type Finding, type PipelineSource } from '@attune/engine';

/** Filters no surface may go without, and what would happen if one did. */
const REQUIRED: Readonly<Record<string, string>> = {
  where: "callers' filters and exclusions would be ignored",
  availability: 'items that are not available would be shown',
  seen: 'items that a user hid would come back',
};

/** Throws a PipelineError with a finding for each filter that a surface lacks. */
export function requireFilters(sources: readonly PipelineSource[]): void {
  const findings = sources.flatMap(({ spec, locate }) =>
    Object.entries(REQUIRED)
      .filter(([required]) => !spec.filter.some(({ use }) => use === required))
      .map(([required, why]): Finding => {
        const cause = `surface '${spec.surface}' lacks the filter '${required}': ${why}`;
        return { ...locate(['filter']), cause, fix: `add { use: ${required} } under filter` };
      }),
  );
  if (findings.length > 0) throw new PipelineError(findings);
}
