import type { Kind, Plugin, Space } from '@attune/sdk';
import type { Registry } from '../registry.js';
import { nearest, type Finding } from './finding.js';
import type { PipelineSource, PipelineSpec, StepSpec } from './pipeline.schema.js';

type Path = readonly (string | number)[];

/** One step of a pipeline as written: its kind, where it stands. */
export interface WrittenStep {
  readonly kind: Kind;
  readonly path: Path;
  readonly step: StepSpec & { readonly as?: string | undefined };
}

/** Every step of a pipeline with its place in the file. */
export function stepsOf(spec: PipelineSpec): readonly WrittenStep[] {
  const list = (kind: Kind, key: 'retrieve' | 'filter' | 'score' | 'rerank' | 'explain'): WrittenStep[] =>
    spec[key].map((step, i) => ({ kind, path: [key, i], step }));
  return [
    ...list('retriever', 'retrieve'),
    ...list('filter', 'filter'),
    ...list('scorer', 'score'),
    { kind: 'ranker', path: ['rank'], step: spec.rank },
    ...list('reranker', 'rerank'),
    ...list('explainer', 'explain'),
    { kind: 'retriever', path: ['fallback'], step: spec.fallback },
  ];
}

/**
 * Proves what can be proved before anything is set up: every plugin exists and is of the right kind, its options parse,
 * the spaces it reads are filled, names are unique, its budget fits the deadline, and a user without history gets a slate.
 */
function provePipeline(
  source: PipelineSource,
  registry: Registry,
  spaces: ReadonlyMap<string, Space>,
): readonly Finding[] {
  const { spec, locate } = source;
  const findings: Finding[] = [];
  const find = (path: Path, cause: string, fix: string): void => void findings.push({ ...locate(path), cause, fix });
  for (const { kind, path, step } of stepsOf(spec)) {
    const plugin = registry.get(kind, step.use)?.plugin;
    if (plugin === undefined) {
      find([...path, 'use'], `no ${kind} '${step.use}'`, missingFix(kind, step.use, registry));
      continue;
    }
    proveOptions(plugin, step, (at, cause, fix) => find([...path, ...at], cause, fix));
    for (const space of plugin.itemVectors) {
      if (!spaces.has(space))
        find(
          [...path, 'use'],
          `${step.use} reads vectors of space '${space}', which no embedder fills`,
          `configure an embedder for it (or, of a trainer, set index: true under train), or drop the step`,
        );
    }
    if ((step.hardMs ?? plugin.budget.hardMs) > spec.deadlineMs) {
      find(
        [...path, 'use'],
        `${step.use} may take ${step.hardMs ?? plugin.budget.hardMs} ms, the surface ${spec.deadlineMs}`,
        `set hardMs: ${spec.deadlineMs} on the step, or a longer deadlineMs`,
      );
    }
  }
  proveNames(spec, find);
  proveColdStart(spec, registry, find);
  return findings;
}

function missingFix(kind: Kind, use: string, registry: Registry): string {
  const others = registry.kindsOf(use);
  if (others.length > 0) return `'${use}' is a ${others.join(' and a ')}: move it there`;
  const near = nearest(use, registry.ids(kind));
  if (registry.ids(kind).length === 0) return `add the package that has it under plugins`;
  return near === undefined
    ? `use one of ${registry.ids(kind).join(', ')}, or add its package under plugins`
    : `did you mean '${near}'?`;
}

function proveOptions(plugin: Plugin, step: StepSpec, find: (at: Path, cause: string, fix: string) => void): void {
  const parsed = plugin.config.safeParse(step.config ?? {});
  for (const issue of parsed.error?.issues ?? []) {
    const at = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    const option = at.length === 0 ? '' : `option ${at.join('.')}: `;
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const near = unknown === undefined || at.length > 0 ? undefined : nearest(unknown, optionsOf(plugin));
    find(
      ['config', ...at, ...(unknown === undefined ? [] : [unknown])],
      `${step.use}: ${option}${issue.message}`,
      near === undefined ? `mend it; the plugin's page lists its options and ranges` : `did you mean '${near}'?`,
    );
  }
}

/** Names of a plugin's options, where its schema is an object of them. */
function optionsOf({ config }: Plugin): readonly string[] {
  const { shape } = config as { readonly shape?: Readonly<Record<string, unknown>> };
  return Object.keys(shape ?? {});
}

function proveNames(spec: PipelineSpec, find: (path: Path, cause: string, fix: string) => void): void {
  for (const [key, kind] of [
    ['retrieve', 'retrievers'],
    ['score', 'scorers'],
  ] as const) {
    const met = new Set<string>();
    spec[key].forEach((step, i) => {
      const name = step.as ?? step.use;
      if (met.has(name)) find([key, i], `two ${kind} write column '${name}'`, `give one a name of its own with 'as'`);
      met.add(name);
    });
  }
}

function proveColdStart(
  spec: PipelineSpec,
  registry: Registry,
  find: (path: Path, cause: string, fix: string) => void,
): void {
  const fallback = registry.get('retriever', spec.fallback.use)?.plugin;
  if (fallback !== undefined && !fallback.traits.coldUser) {
    find(
      ['fallback'],
      `the fallback '${spec.fallback.use}' has nothing for a user without history`,
      `use one that has, such as 'popular'`,
    );
  }
}

/** Proves all pipelines of a load: each by itself, and that no surface is written twice. */
export function provePipelines(
  sources: readonly PipelineSource[],
  registry: Registry,
  spaces: ReadonlyMap<string, Space>,
): readonly Finding[] {
  const met = new Set<string>();
  return sources.flatMap((source) => {
    const { surface } = source.spec;
    const twice = met.has(surface);
    met.add(surface);
    return [
      ...(twice
        ? [{ ...source.locate(['surface']), cause: `surface '${surface}' is written twice`, fix: 'rename or drop one' }]
        : []),
      ...provePipeline(source, registry, spaces),
    ];
  });
}

/** What only the set-up ranker can tell: that the columns it reads are written by somebody. */
export function proveColumns(source: PipelineSource, reads: readonly string[] | undefined): readonly Finding[] {
  const { spec, locate } = source;
  const written = [...spec.retrieve, ...spec.score].map(({ as, use }) => as ?? use);
  return (reads ?? [])
    .filter((column) => !written.includes(column))
    .map((column) => ({
      ...locate(['rank', 'config', column]),
      cause: `the ranker weighs '${column}', which no step writes`,
      fix:
        nearest(column, written) === undefined
          ? `add it under score, or drop its weight`
          : `did you mean '${nearest(column, written)}'?`,
    }));
}
