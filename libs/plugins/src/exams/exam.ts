import type { ArtifactDraft, JsonValue, TrainingData, TrainingRun } from '@attune/sdk';

/** What a model made of the questions about those who were held out. */
export interface Judged {
  readonly figures: Readonly<Record<string, JsonValue>>;
  readonly evaluation: NonNullable<ArtifactDraft['evaluation']>;
}

/** How a model is judged: it learns from the rest, and is asked about those held out. */
export interface Exam<O, H extends { readonly rest: TrainingData }> {
  /** Undefined where there are too few to ask. */
  holdOut(data: TrainingData, options: O, random: () => number): H | undefined;
  judge(draft: ArtifactDraft, held: H, options: O, run: TrainingRun): Promise<Judged>;
}
