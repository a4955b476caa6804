import type { Artifact as ArtifactParts, ClickCases } from '@attune/algorithms';
import { vocabularyOf, type Artifact, type ArtifactDraft, type GraphPort } from '@attune/sdk';
import type { CasePlan, FieldValues } from './case-plan.js';
import { clickFields } from './click-fields.js';
import { fieldOptions, type FieldOptions } from './field-options.js';

/** What a model is read from: an artifact, or a draft of one that is still to be judged. */
export type ClickSource = Pick<Artifact, 'meta' | 'contents' | 'array' | 'ids'>;

/** A draft as a model is read from it. */
export const sourceOfDraft = ({ meta, arrays, ids }: ArtifactDraft): ClickSource => ({
  meta,
  contents: { arrays: Object.keys(arrays), ids: Object.keys(ids) },
  array: (name) => arrays[name]!,
  ids: (name) => vocabularyOf(ids[name] ?? []),
});

/** A model that is ready to be asked how likely each case is a yes: above 0 and below 1. */
export interface OpenedClicks {
  ask(cases: ClickCases): Float32Array | Promise<Float32Array>;
  close(): Promise<void>;
}

/** Opens the model of an artifact. */
export type OpenClicks = (source: ClickSource, graphs: GraphPort) => Promise<OpenedClicks>;

/** How the cases of a stored model are made. */
export interface ClickPlan {
  readonly options: FieldOptions;
  readonly plan: CasePlan;
}

/** The plan of an artifact that `learnClicks` handed over. */
export function clickPlanOf(source: ClickSource): ClickPlan {
  const { meta, contents } = source;
  const options = fieldOptions.parse(meta['asked']);
  const slots = meta['slots'] as Readonly<Record<string, number>>;
  const values = contents.ids.map((name): [string, FieldValues] => [
    name,
    { vocabulary: source.ids(name), slots: slots[name]! },
  ]);
  return { options, plan: { fields: clickFields(options), values: new Map(values) } };
}

/** An artifact as the algorithms read it. */
export function partsOf(source: ClickSource, name: string): ArtifactParts {
  const { meta, contents } = source;
  const arrays = Object.fromEntries(contents.arrays.map((key) => [key, source.array(key)]));
  return { name, meta: meta as ArtifactParts['meta'], arrays, ids: {} };
}
