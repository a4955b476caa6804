import type { ArtifactDraft } from '@attune/sdk';

/** Refuses an artifact that no plugin should read: numbers that are none, or a quality below its own gate. */
export function assertSound(name: string, { arrays, evaluation }: ArtifactDraft): void {
  for (const [key, array] of Object.entries(arrays)) {
    // Integer arrays hold nothing else. Not `instanceof`: what a thread sends may be of another realm.
    const value = array.find((one) => !Number.isFinite(one));
    if (value !== undefined)
      throw new Error(`artifact ${name} is refused: array '${key}' holds ${value}; the previous one stays`);
  }
  if (evaluation !== undefined && !(Number.isFinite(evaluation.value) && evaluation.value >= evaluation.minimum)) {
    throw new Error(
      `artifact ${name} is refused: ${evaluation.metric} ${evaluation.value} does not reach ${evaluation.minimum}; the previous one stays`,
    );
  }
}
