import type { Facts } from '../../wishes/wish.js';
import { WishReader } from '../../wishes/wish-reader.js';
import { newDialogue, withShown, type DialogueState, type ShownItem } from '../dialogue-state.js';
import { stateAfter } from '../next-state.js';
import { intentOf } from '../turn-intent.js';

/** Three items that are shown after every turn, the same ones. */
export const SHOWN: readonly ShownItem[] = [
  { id: 'a', price: 2 },
  { id: 'b', price: 4 },
  { id: 'c', price: 6 },
];

/** What is asked for after turns, each followed by a slate. */
export function talk(
  facts: Facts,
  turns: readonly string[],
  {
    shown = SHOWN,
    from = newDialogue('en'),
  }: { readonly shown?: readonly ShownItem[]; readonly from?: DialogueState } = {},
): DialogueState {
  const reader = new WishReader(facts);
  return turns.reduce((state, text) => withShown(after(reader, state, text), shown), from);
}

/** What is asked for after one turn, before anything is shown for it. */
export function after(reader: WishReader, state: DialogueState, text: string): DialogueState {
  const wish = reader.read(text);
  return stateAfter(state, { text, wish, intent: intentOf(text, wish, state) });
}
