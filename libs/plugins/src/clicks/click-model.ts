import type { Artifact as ArtifactParts, ClickCases } from '@attune/algorithms';
import type { GraphPort } from '@attune/sdk';
import type { ModelSource } from '../models/shared-model.js';
import type { CasePlan, FieldValues } from './case-plan.js';
import { clickFields } from './click-fields.js';
import { fieldOptions, type FieldOptions } from './field-options.js';

/** A model that is ready to be asked how likely each case is a yes: above 0 and below 1. */
export interface OpenedClicks {
  ask(cases: ClickCases): Float32Array | Promise<Float32Array>;
  close(): Promise<void>;
}

/** Opens the model of an artifact. */
export type OpenClicks = (source: ModelSource, graphs: GraphPort) => Promise<OpenedClicks>;

/** How the cases of a stored model are made. */
export interface ClickPlan {
  readonly options: FieldOptions;
  readonly plan: CasePlan;
}

/** The plan of an artifact that `learnClicks` handed over. */
export function clickPlanOf(source: ModelSource): ClickPlan {
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
export function partsOf(source: ModelSource, name: string): ArtifactParts {
  const { meta, contents } = source;
  const arrays = Object.fromEntries(contents.arrays.map((key) => [key, source.array(key)]));
  return { name, meta: meta as ArtifactParts['meta'], arrays, ids: {} };
}
