import type { Item, User } from '@attune/sdk';
import { valuesOf } from '../items/values-of.js';
import type { FieldOptions } from './field-options.js';

/** What all items of a slate share: who looks at it, when and where. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly surface: string;
  /** Newest items of the user, distinct, newest first. */
  readonly history: readonly string[];
  readonly attributes: User['attributes'];
  readonly context: Readonly<Record<string, unknown>>;
}

/** An item that is shown, as far as the catalogue describes it. */
export interface ShownItem {
  readonly id: string;
  readonly item: Partial<Item> | undefined;
}

/** One field of a case: what it says of something, as text. */
export interface Field<T> {
  /** `item`, `history`, `user.country`, `brand`, `context.device`, `hour`, `position`, … */
  readonly name: string;
  /** Values that count, the first ones. */
  readonly most: number;
  values(of: T): readonly string[];
}

export interface ClickFields {
  readonly ofMoment: readonly Field<Moment>[];
  readonly ofItem: readonly Field<ShownItem>[];
  /** Of a place from 0. */
  readonly ofPlace: readonly Field<number>[];
}

/** Values of an attribute that can have several. */
const MOST_VALUES = 8;
/** Places from this one on are alike. */
const LAST_PLACE = 20;

/** The fields that options name: the one place where they are made, for learning and for asking. */
export function clickFields({ item, history, user, items, context, moment, position }: FieldOptions): ClickFields {
  return {
    ofMoment: [
      ...(history > 0 ? [{ name: 'history', most: history, values: (of: Moment) => of.history }] : []),
      ...user.map((name) => ({
        name: `user.${name}`,
        most: MOST_VALUES,
        values: ({ attributes }: Moment) => textsOf(memberOf(attributes ?? {}, name)),
      })),
      ...context.map((key) => ({
        name: `context.${key}`,
        most: 1,
        values: (of: Moment) => textsOf(memberOf(of.context, key)),
      })),
      ...moment.map((name) => ({ name, most: 1, values: (of: Moment) => [MOMENTS[name](of)] })),
    ],
    ofItem: [
      ...(item ? [{ name: 'item', most: 1, values: ({ id }: ShownItem) => [id] }] : []),
      ...items.map((path) => ({
        name: path,
        most: MOST_VALUES,
        values: (of: ShownItem) => (of.item === undefined ? [] : valuesOf(of.item, path)),
      })),
    ],
    ofPlace: position
      ? [{ name: 'position', most: 1, values: (place: number) => [String(Math.min(place, LAST_PLACE))] }]
      : [],
  };
}

const MOMENTS: Readonly<Record<FieldOptions['moment'][number], (of: Moment) => string>> = {
  hour: ({ at }) => String(new Date(at).getUTCHours()),
  weekday: ({ at }) => String(new Date(at).getUTCDay()),
  surface: ({ surface }) => surface,
};

const memberOf = (members: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(members, name) ? members[name] : undefined;

/** Distinct texts of a value or a list; '' says nothing. */
function textsOf(value: unknown): readonly string[] {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  return [...new Set(given.filter((one) => one !== undefined && one !== null && one !== '').map(String))];
}
