import { vocabularyOf, type Vocabulary } from '@attune/sdk';
import type { ClickFields, Field, Moment, ShownItem } from './click-fields.js';

/** Items that are shown together. */
export interface Showing {
  readonly moment: Moment;
  readonly items: readonly ShownItem[];
  /** Place of each from 0; undefined: all count as at the first. */
  readonly positions: ArrayLike<number> | undefined;
}

/** The values of a field that are told apart, and how many of them a case has at most. */
export interface FieldValues {
  readonly vocabulary: Vocabulary;
  readonly slots: number;
}

/** How cases are made: fields, and by name the values that are known of them; a field without values is none. */
export interface CasePlan {
  readonly fields: ClickFields;
  readonly values: ReadonlyMap<string, FieldValues>;
}

/** A plan for what was shown: values of fewer than `fewest` cases are not told apart from unknown ones. */
export function planOf(fields: ClickFields, showings: readonly Showing[], fewest: number): CasePlan {
  const tallies = new Map<string, FieldTally>();
  const tallyOf = (name: string): FieldTally => {
    const tally = tallies.get(name) ?? { counts: new Map<string, number>(), slots: 1 };
    tallies.set(name, tally);
    return tally;
  };
  const add = <T>(all: readonly Field<T>[], of: T, cases: number): void => {
    for (const field of all) count(tallyOf(field.name), firstOf(field, of), cases);
  };
  const shown = new Map<string, { readonly item: ShownItem; cases: number }>();
  for (const { moment, items, positions } of showings) {
    add(fields.ofMoment, moment, 1);
    items.forEach((item, i) => {
      const known = shown.get(item.id);
      if (known === undefined) shown.set(item.id, { item, cases: 1 });
      else known.cases += 1;
      add(fields.ofPlace, positions?.[i] ?? 0, 1);
    });
  }
  for (const { item, cases } of shown.values()) add(fields.ofItem, item, cases);
  return { fields, values: new Map(Array.from(tallies, ([name, tally]) => [name, valuesIn(tally, fewest)])) };
}

interface FieldTally {
  readonly counts: Map<string, number>;
  slots: number;
}

function count(tally: FieldTally, values: readonly string[], cases: number): void {
  for (const value of values) tally.counts.set(value, (tally.counts.get(value) ?? 0) + cases);
  tally.slots = Math.max(tally.slots, values.length);
}

function valuesIn({ counts, slots }: FieldTally, fewest: number): FieldValues {
  const known = Array.from(counts).filter(([, cases]) => cases >= fewest);
  return { vocabulary: vocabularyOf(known.map(([value]) => value)), slots };
}

/** The values of a field that count. */
export const firstOf = <T>({ values, most }: Field<T>, of: T): readonly string[] => values(of).slice(0, most);

/** Names of the fields that cases have, in their order. */
export function namesOf({ fields: { ofMoment, ofItem, ofPlace }, values }: CasePlan): readonly string[] {
  const all = [...ofMoment, ...ofItem, ...ofPlace].map(({ name }) => name);
  return all.filter((name) => (values.get(name)?.vocabulary.size ?? 0) > 0);
}
