import type { GraphPort } from '@attune/sdk';
import type { FoldedModel } from './folded.model.js';
import type { ModelSource } from './shared-model.js';

/** What a gate compares a model with. */
export interface Rival {
  readonly name: string;
  readonly model: FoldedModel;
}

/** A model for one of those who opened it. */
export interface OpenedModel {
  readonly model: FoldedModel;
  /** What its gate compares it with; default popularity. */
  readonly beside?: Rival;
  /** The last to close it closes its graph; a second call does nothing. */
  close(): Promise<void>;
}

/** Opens the model of an artifact. */
export type OpenModel = (source: ModelSource, graphs: GraphPort) => Promise<OpenedModel>;
