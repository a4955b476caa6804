import type { z } from 'zod';
import type { Batch, Candidate, Slate } from '../blocks/candidates.js';
import type { Explanation } from '../blocks/explanation.js';
import type { View } from '../blocks/request-view.js';
import type { PortName } from '../ports/host-ports.js';
import { definerOf } from './define.js';
import { NOTHING_RETRIEVED, type Kind, type Retrieved } from './kinds.js';
import type { Need, Plugin, PluginSpec } from './plugin.js';

/** A plugin written for one request and one candidate: the SDK lifts it to batches. It takes no ports. */
type ScalarSpec<K extends Kind, S extends z.ZodType, N extends Need, V extends string, F> = Omit<
  PluginSpec<K, S, N, never, V>,
  'setup' | 'uses'
> & { readonly each: F };

type NoOptions = z.ZodObject<Record<never, never>, z.core.$strict>;

/** Defines a scorer: `setup` for batches, or `each` for one candidate (undefined = no opinion). */
export function defineScorer<
  S extends z.ZodType = NoOptions,
  const N extends Need = never,
  const V extends string = never,
>(
  spec: ScalarSpec<
    'scorer',
    S,
    N,
    V,
    (candidate: Candidate<N, V>, request: View<N>, config: z.output<S>) => number | undefined
  >,
): Plugin<'scorer'>;
export function defineScorer<
  S extends z.ZodType = NoOptions,
  const N extends Need = never,
  const P extends PortName = never,
  const V extends string = never,
>(spec: PluginSpec<'scorer', S, N, P, V>): Plugin<'scorer'>;
export function defineScorer(
  spec: AnySpec<'scorer', (c: AnyCandidate, r: AnyView, config: unknown) => number | undefined>,
): Plugin<'scorer'> {
  const { each } = spec;
  if (each === undefined) return definerOf('scorer')(spec as AnyBatchSpec<'scorer'>);
  return definerOf('scorer')<z.ZodType, Need, never, string>({
    ...spec,
    setup: (config) => ({
      score: (batch, out) =>
        eachCandidate(batch, (candidate, request, c) => void (out[c] = each(candidate, request, config) ?? NaN)),
    }),
  });
}

/** Defines a filter: `setup` for batches, or `each` for one candidate (false = remove it). */
export function defineFilter<
  S extends z.ZodType = NoOptions,
  const N extends Need = never,
  const V extends string = never,
>(
  spec: ScalarSpec<'filter', S, N, V, (candidate: Candidate<N, V>, request: View<N>, config: z.output<S>) => boolean>,
): Plugin<'filter'>;
export function defineFilter<
  S extends z.ZodType = NoOptions,
  const N extends Need = never,
  const P extends PortName = never,
  const V extends string = never,
>(spec: PluginSpec<'filter', S, N, P, V>): Plugin<'filter'>;
export function defineFilter(
  spec: AnySpec<'filter', (c: AnyCandidate, r: AnyView, config: unknown) => boolean>,
): Plugin<'filter'> {
  const { each } = spec;
  if (each === undefined) return definerOf('filter')(spec as AnyBatchSpec<'filter'>);
  return definerOf('filter')<z.ZodType, Need, never, string>({
    ...spec,
    setup: (config) => ({
      filter: (batch, keep) =>
        eachCandidate(batch, (candidate, request, c) => {
          if (keep[c] === 1 && !each(candidate, request, config)) keep[c] = 0;
        }),
    }),
  });
}

/** Defines a retriever: `setup` for batches, or `each` for one request. */
export function defineRetriever<S extends z.ZodType = NoOptions, const N extends Need = never>(
  spec: ScalarSpec<
    'retriever',
    S,
    N,
    never,
    (request: View<N>, limit: number, config: z.output<S>) => Retrieved | undefined
  >,
): Plugin<'retriever'>;
export function defineRetriever<
  S extends z.ZodType = NoOptions,
  const N extends Need = never,
  const P extends PortName = never,
>(spec: PluginSpec<'retriever', S, N, P, never>): Plugin<'retriever'>;
export function defineRetriever(
  spec: AnySpec<'retriever', (request: AnyView, limit: number, config: unknown) => Retrieved | undefined>,
): Plugin<'retriever'> {
  const { each } = spec;
  if (each === undefined) return definerOf('retriever')(spec as AnyBatchSpec<'retriever'>);
  return definerOf('retriever')<z.ZodType, Need, never, string>({
    ...spec,
    setup: (config) => ({
      retrieve: (requests, limit) => requests.map((request) => each(request, limit, config) ?? NOTHING_RETRIEVED),
    }),
  });
}

/** Defines an explainer: `setup` for slates, or `each` for one candidate (undefined = nothing to say). */
export function defineExplainer<
  S extends z.ZodType = NoOptions,
  const N extends Need = never,
  const V extends string = never,
>(
  spec: ScalarSpec<
    'explainer',
    S,
    N,
    V,
    (candidate: Candidate<N, V>, request: View<N>, config: z.output<S>) => Explanation | undefined
  >,
): Plugin<'explainer'>;
export function defineExplainer<
  S extends z.ZodType = NoOptions,
  const N extends Need = never,
  const P extends PortName = never,
  const V extends string = never,
>(spec: PluginSpec<'explainer', S, N, P, V>): Plugin<'explainer'>;
export function defineExplainer(
  spec: AnySpec<'explainer', (c: AnyCandidate, r: AnyView, config: unknown) => Explanation | undefined>,
): Plugin<'explainer'> {
  const { each } = spec;
  if (each === undefined) return definerOf('explainer')(spec as AnyBatchSpec<'explainer'>);
  return definerOf('explainer')<z.ZodType, Need, never, string>({
    ...spec,
    setup: (config) => ({
      explain({ request, candidates }) {
        const at = candidateReader(candidates);
        return Array.from({ length: candidates.size }, (_, c) => each(at(c), request, config));
      },
    }),
  });
}

type AnyView = View<Need>;
type AnyCandidate = Candidate<Need, string>;
type AnyBatchSpec<K extends Kind> = PluginSpec<K, z.ZodType, Need, PortName, never>;
type AnySpec<K extends Kind, F> = Omit<PluginSpec<K, z.ZodType, Need, never, string>, 'setup' | 'uses'> & {
  readonly each?: F;
};

/** Walks a batch candidate by candidate. */
function eachCandidate(
  batch: Batch<Need, string>,
  visit: (candidate: AnyCandidate, request: AnyView, index: number) => void,
): void {
  const at = candidateReader(batch.candidates);
  batch.requests.forEach((request, r) => {
    for (let c = batch.offsets[r]!; c < batch.offsets[r + 1]!; c++) visit(at(c), request, c);
  });
}

/** Reads one candidate of the columns; signals that were not declared are not there, and not looked at. */
function candidateReader(candidates: Slate<Need, string>['candidates']): (c: number) => AnyCandidate {
  const spaces = Object.entries(candidates.itemVectors);
  const items = 'items' in candidates ? candidates.items : undefined;
  const titles = 'titles' in candidates ? candidates.titles : undefined;
  return (c) => {
    const vectors: Record<string, Float32Array> = {};
    for (const [space, { dims, data }] of spaces) vectors[space] = data.subarray(c * dims, (c + 1) * dims);
    const candidate = {
      id: candidates.ids[c]!,
      vectors,
      ...(items && { item: items[c] }),
      ...(titles && { title: titles[c] }),
    };
    return candidate as AnyCandidate;
  };
}
