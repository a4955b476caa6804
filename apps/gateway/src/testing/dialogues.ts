import type { ItemAnswer } from './answers.js';

type Holds = (item: ItemAnswer, before: readonly ItemAnswer[]) => boolean;

/** What a shopper says, and what everything shown for it has to be. */
export interface ScriptedTurn {
  readonly says: string;
  readonly holds: Holds;
}

const colorsOf = ({ attributes = {} }: ItemAnswer): readonly unknown[] => [attributes['color']].flat();
const materialsOf = ({ attributes = {} }: ItemAnswer): readonly unknown[] => [attributes['material']].flat();
const priceOf = ({ price }: ItemAnswer): number => price?.amount ?? NaN;

const any: Holds = () => true;
const all =
  (...tests: readonly Holds[]): Holds =>
  (item, before) =>
    tests.every((test) => test(item, before));
const not =
  (test: Holds): Holds =>
  (item, before) =>
    !test(item, before);
const color =
  (...wanted: readonly string[]): Holds =>
  (item) =>
    wanted.some((one) => colorsOf(item).includes(one));
const material =
  (wanted: string): Holds =>
  (item) =>
    materialsOf(item).includes(wanted);
const atMost =
  (amount: number): Holds =>
  (item) =>
    priceOf(item) <= amount;
const atLeast =
  (amount: number): Holds =>
  (item) =>
    priceOf(item) >= amount;
const called =
  (pattern: RegExp): Holds =>
  ({ title }) =>
    pattern.test(title);
const inCategory =
  (name: string): Holds =>
  ({ categories = [] }) =>
    categories.includes(name);
/** Below the middle of the prices that were shown before. */
const cheaper: Holds = (item, before) => {
  const sorted = before.map(priceOf).sort((a, b) => a - b);
  return priceOf(item) < sorted[Math.floor((sorted.length - 1) / 2)]! || priceOf(item) < sorted.at(-1)! / 2;
};
const dearer: Holds = (item, before) => {
  const sorted = before.map(priceOf).sort((a, b) => a - b);
  return priceOf(item) > sorted[Math.ceil((sorted.length - 1) / 2)]!;
};
const another: Holds = ({ title }, before) => before.every((one) => one.title !== title);
const notThe =
  (place: number): Holds =>
  ({ id }, before) =>
    before[place - 1]?.id !== id;

/** Twenty conversations with the demo shop, written before any of them was tried. */
export const DIALOGUES: readonly (readonly ScriptedTurn[])[] = [
  [
    { says: 'I am looking for a red mug', holds: color('red') },
    { says: 'cheaper, not red', holds: all(cheaper, not(color('red'))) },
    { says: 'in blue or green', holds: color('blue', 'green') },
  ],
  [
    { says: 'Do you have bags?', holds: inCategory('Bags') },
    { says: 'under £2', holds: atMost(2) },
    { says: 'show me more', holds: all(atMost(2), another) },
  ],
  [
    { says: 'lunch box', holds: any },
    { says: 'not the first one', holds: notThe(1) },
    { says: 'that is too expensive', holds: cheaper },
  ],
  [
    { says: 'something for Christmas', holds: any },
    { says: 'between 2 and 5 pounds', holds: all(atLeast(2), atMost(5)) },
    { says: 'nothing in red please', holds: all(atLeast(2), atMost(5), not(color('red'))) },
  ],
  [
    { says: 'candle holders', holds: any },
    { says: 'no glass', holds: not(material('glass')) },
    { says: 'white or silver ones', holds: all(color('white', 'silver'), not(material('glass'))) },
  ],
  [
    { says: 'I need a clock', holds: called(/clock/i) },
    { says: 'something cheaper?', holds: cheaper },
    { says: 'anything but white', holds: not(color('white')) },
  ],
  [
    { says: 'a silver necklace, please', holds: color('silver') },
    { says: 'any color is fine', holds: any },
    { says: 'at most 3 pounds', holds: atMost(3) },
  ],
  [
    { says: 'plates', holds: called(/plate/i) },
    { says: 'without cats', holds: not(called(/\bcats?\b/i)) },
    { says: 'pink', holds: color('pink') },
  ],
  [
    { says: 'show me things in the Garden category', holds: inCategory('Garden') },
    { says: 'more expensive ones', holds: all(inCategory('Garden'), dearer) },
    { says: 'not in the Garden category', holds: not(inCategory('Garden')) },
  ],
  [
    { says: 'notebooks', holds: any },
    { says: 'more like the second one', holds: notThe(2) },
    { says: 'only black or red', holds: color('black', 'red') },
  ],
  [
    { says: 'umbrella between £5 and £8', holds: all(atLeast(5), atMost(8)) },
    { says: 'actually up to £6', holds: atMost(6) },
    { says: 'something else', holds: all(atMost(6), another) },
  ],
  [
    { says: 'wooden boxes', holds: material('wood') },
    { says: 'I do not like wood', holds: not(material('wood')) },
    { says: 'less than 4', holds: all(atMost(4), not(material('wood'))) },
  ],
  [
    { says: 'a mug for over 5 pounds', holds: atLeast(5) },
    { says: 'what about bowls?', holds: atLeast(5) },
    { says: 'price does not matter', holds: any },
  ],
  [
    { says: 'a doormat', holds: called(/doormat/i) },
    { says: 'start over, show me cushions', holds: any },
    { says: 'not purple and not blue', holds: not(color('purple', 'blue')) },
  ],
  [
    { says: 'I hate pink. Do you have party bunting?', holds: not(color('pink')) },
    { says: 'cheaper please', holds: all(cheaper, not(color('pink'))) },
  ],
  [
    { says: 'metal signs', holds: material('metal') },
    { says: 'the cheapest', holds: material('metal') },
    { says: 'cheaper than the last one', holds: any },
  ],
  [
    { says: '不要红色的', holds: not(color('red')) },
    { says: '10英镑以下', holds: all(atMost(10), not(color('red'))) },
    { says: '便宜一点', holds: all(cheaper, not(color('red'))) },
  ],
  [
    { says: 'mug', holds: called(/mug/i) },
    { says: '要蓝色', holds: color('blue') },
    { says: '不要第一个', holds: all(color('blue'), notThe(1)) },
  ],
  [
    { says: 'my budget is 15 pounds, a present made of glass', holds: all(atMost(15), material('glass')) },
    { says: 'hmm, in green?', holds: all(color('green'), material('glass'), atMost(15)) },
  ],
  [
    { says: 'cake stand in cream', holds: color('cream') },
    { says: 'or pink', holds: color('cream', 'pink') },
    { says: 'not more than £12.50', holds: atMost(12.5) },
  ],
];
