import type { Facts } from '../../wishes/wish.js';
import type { WishReader } from '../../wishes/wish-reader.js';
import type { DialogueState } from '../dialogue-state.js';
import { quickReplies, type FieldCounts } from '../quick-replies.js';
import { after } from './talk.js';

/** Every value of a shop, as if it had been counted. */
export const countsOf = ({ attributes, categories, brands }: Facts): readonly FieldCounts[] =>
  [
    ...[...attributes].map(([name, values]) => [`attributes.${name}`, values] as const),
    ['categories', categories] as const,
    ['brand', brands] as const,
  ].map(([path, values]) => ({ path, values: values.map((value, i) => ({ value, count: 9 - Math.min(i, 8) })) }));

/** Each reply of values, said: the path and the value that it adds. */
export function added(
  state: DialogueState,
  counts: readonly FieldCounts[],
  reader: WishReader,
): readonly (readonly [string, boolean])[] {
  return quickReplies(state, counts, { total: 3, counted: 10, reader })
    .filter(({ label }) => !['Cheaper', 'More', '便宜一点', '更多'].includes(label))
    .map(({ message }) => {
      const { constraints, query } = after(reader, state, message);
      const isAdded = counts.some(({ path, values }) =>
        values.some(
          ({ value }) => constraints[path]?.$in?.includes(value) === true && state.constraints[path]?.$in === undefined,
        ),
      );
      return [message, isAdded && query === state.query] as const;
    });
}
