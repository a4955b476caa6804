import { EvaluationRequestError } from '../formats/evaluation.errors.js';

/** The name that asks for a blend of the learners named beside it, or of all where no other is named. */
export const BLEND = 'blend';

/** What is run. */
export interface Named<K> {
  readonly learners: readonly K[];
  /** Whether what was learned is blended, too. */
  readonly blend: boolean;
}

/**
 * Learners by their names, in the order of the list; all and their blend where none is named.
 * Throws EvaluationRequestError.
 */
export function learnersByName<K extends { readonly name: string }>(
  learners: readonly K[],
  names: readonly string[],
): Named<K> {
  assertKnown(names, [...learners.map(({ name }) => name), BLEND]);
  const single = names.filter((name) => name !== BLEND);
  const named = namedLearners(learners, single);
  return { learners: named, blend: names.length === 0 ? named.length > 1 : names.includes(BLEND) };
}

/** Learners that are not blended, by their names, in the order of the list; all where none is named. Throws EvaluationRequestError. */
export function namedLearners<K extends { readonly name: string }>(
  learners: readonly K[],
  names: readonly string[],
): readonly K[] {
  assertKnown(
    names,
    learners.map(({ name }) => name),
  );
  return learners.filter(({ name }) => names.length === 0 || names.includes(name));
}

function assertKnown(names: readonly string[], known: readonly string[]): void {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new EvaluationRequestError(
      `there is no model ${unknown.join(', ')} for this protocol`,
      `Known models: ${known.join(', ')}.`,
    );
}
