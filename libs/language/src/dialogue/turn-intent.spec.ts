import { CHINESE_SHOP, ENGLISH_SHOP } from '../wishes/testing/shops.js';
import { WishReader } from '../wishes/wish-reader.js';
import { newDialogue, withShown, type DialogueState } from './dialogue-state.js';
import { CHINESE_TURNS_SAID, ENGLISH_TURNS_SAID } from './testing/said-turns.js';
import { intentOf, type TurnIntent } from './turn-intent.js';

const shown = (places: number): DialogueState =>
  withShown(
    newDialogue('en'),
    Array.from({ length: places }, (_, i) => ({ id: String(i + 1), price: 3 + i })),
  );
const english = new WishReader(ENGLISH_SHOP);
const chinese = new WishReader(CHINESE_SHOP);

const intent = (by: WishReader, text: string, places: number): TurnIntent =>
  intentOf(text, by.read(text), shown(places));
/** The kind, with the places or the order. */
function told(one: TurnIntent): string {
  const places = 'items' in one ? one.items : [];
  const order = one.kind === 'order-status' && one.order !== undefined ? [one.order] : [];
  return [one.kind, ...places, ...order].join(' ');
}

describe('intentOf', () => {
  it.each([
    ...ENGLISH_TURNS_SAID.map((turn) => [english, ...turn] as const),
    ...CHINESE_TURNS_SAID.map((turn) => [chinese, ...turn] as const),
  ])('%#: after %p, %p is %p', (by, before, says, kind) => {
    expect(told(intent(by, says, before === 'S' ? 3 : 0))).toBe(kind);
  });

  it('compares four at most', () => {
    expect(told(intent(english, 'compare them', 9))).toBe('compare 1 2 3 4');
    expect(told(intent(english, 'tell me about the first nine', 9))).toBe('details 1 2 3 4');
  });

  it('takes the number of an order up to 40 characters', () => {
    const one = intent(english, `where is my order ${'1'.repeat(300)}`, 0);
    expect(one.kind === 'order-status' && (one.order ?? '').length).toBeLessThanOrEqual(40);
  });
});
