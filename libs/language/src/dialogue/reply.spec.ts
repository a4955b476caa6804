import type { Item } from '@attune/sdk';
import { newDialogue } from './dialogue-state.js';
import { REPLIES, sentence, type ReplyKey } from './replies.table.js';
import { comparedReply, detailsReply, foundReply, type Found } from './reply.js';
import { moneyIn, saidConstraints } from './said-constraints.js';
import { CHINESE, CUPS, ENGLISH, MUGS } from './testing/grounds.js';

const KEYS = Object.keys(REPLIES.en) as readonly ReplyKey[];
const gapsOf = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g))].sort();
const found = (more: Partial<Found> = {}): Found => ({
  ...{ kind: 'find', state: newDialogue('en'), items: MUGS, exact: 3, relative: [] },
  ...more,
});
const state = { ...newDialogue('en'), query: 'mug', constraints: { 'attributes.color': { $in: ['red'] } } };
const zh = { ...newDialogue('zh'), query: '杯子', constraints: { 'attributes.颜色': { $in: ['红色'] } } };

describe('sentences', () => {
  it('are the same ones in both languages, with the same gaps', () => {
    expect(Object.keys(REPLIES.zh)).toEqual(Object.keys(REPLIES.en));
    // English counts one apart, and in Chinese the others need no number.
    for (const key of KEYS) expect([key, gapsOf(REPLIES.zh[key])]).toEqual([key, gapsOf(REPLIES.en[key])]);
  });

  it('have no gap once they are said, and read nothing in what fills one', () => {
    for (const key of KEYS)
      for (const language of ['en', 'zh'] as const) expect(sentence(language, key)).not.toMatch(/[{}]/);
    expect(sentence('en', 'none', { what: ' for “{n} $& {what}”' })).toBe('I found nothing for “{n} $& {what}”.');
  });
});

describe('what was found', () => {
  it.each([
    [found({ state }), 'Here are 3 for “mug”: red. The least expensive is [3] at £3.25.'],
    [
      found({ state, exact: 1 }),
      'Here is the one item for “mug”: red. The others come close. The least expensive is [3] at £3.25.',
    ],
    [found({ state, items: MUGS.slice(0, 1), exact: 1 }), 'Here is the one item for “mug”: red.'],
    [found({ state, exact: 0, items: MUGS.slice(0, 1) }), 'I found no exact match for “mug”: red; these come close.'],
    [
      found({ state, exact: 0, items: [], without: { said: 'red', say: 'any color' } }),
      'I found nothing for “mug”: red. Without “red” there would be some: say “any color”.',
    ],
    [found({ items: [], exact: 0 }), 'I found nothing.'],
    [found({ kind: 'more', items: [], exact: 0 }), 'That was everything.'],
    [
      found({ kind: 'more', items: MUGS.slice(0, 2), exact: 2 }),
      'Here are 2 more. The least expensive is [1] at £4.50.',
    ],
    [found({ seed: MUGS[1]!, items: MUGS.slice(0, 1) }), 'Here is one like Blue porcelain mug with lid.'],
    [
      found({ items: MUGS.slice(0, 1), exact: 1, relative: [{ kind: 'bigger', span: [0, 1] }], foreign: 'GBP' }),
      'Here is the one item. I cannot tell which are bigger: say a size, if it matters. Prices here are in GBP, so I left that one out.',
    ],
  ])('%#: is said in English', (one, reply) => expect(foundReply(one, ENGLISH)).toBe(reply));

  it.each([
    [found({ state: zh, items: CUPS }), '为您找到3件与“杯子”相关的商品（红色）。最便宜的是[3]，¥32.50。'],
    [found({ state: zh, items: [], exact: 0 }), '没有找到与“杯子”相关的商品（红色）。'],
    [
      found({ state: zh, items: [], exact: 0, without: { said: '红色', say: '颜色不限' } }),
      '没有找到与“杯子”相关的商品（红色）。去掉“红色”就有了：请说“颜色不限”。',
    ],
    [
      found({ items: CUPS.slice(0, 1), exact: 1, relative: [{ kind: 'smaller', span: [0, 1] }] }),
      '为您找到1件。我无法判断哪些更小，请告诉我具体尺寸。',
    ],
  ])('%#: is said in Chinese', (one, reply) => expect(foundReply(one, CHINESE)).toBe(reply));

  it('has no word that is blocked, no markup and no link, whatever titles, values and shoppers say', () => {
    const hostile: Item = { ...MUGS[0]!, title: '<img src=x onerror=alert(1)> A [darn](https://evil.example) mug' };
    const texts = [
      foundReply(found({ seed: hostile }), ENGLISH),
      foundReply(found({ state: { ...state, query: 'darn mug' } }), ENGLISH),
      foundReply(found({ state: { ...state, query: '<b>https://evil.example</b> {what}' } }), ENGLISH),
      foundReply(found({ state: { ...state, constraints: { brand: { $in: ['Darn & Co'] } } } }), ENGLISH),
      foundReply(found({ items: [], exact: 0, without: { said: 'darn', say: 'any brand' } }), ENGLISH),
      detailsReply([hostile], { places: [1], asked: 'darn <b>cheap</b>' }, ENGLISH),
      comparedReply([hostile, { ...MUGS[1]!, brand: 'darn' }], [1, 2], ENGLISH),
    ];
    for (const text of texts) expect(text).not.toMatch(/darn|evil|[<>]|undefined|NaN/i);
  });

  it('is short, whatever was said', () => {
    const long = { $in: Array.from({ length: 60 }, (_, i) => `${i}`.padEnd(1000, 'x')) };
    const constraints = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`attributes.a${i}`, long]));
    expect(
      foundReply(found({ state: { ...state, query: 'mug '.repeat(500), constraints } }), ENGLISH).length,
    ).toBeLessThan(1000);
  });
});

describe('what is told of items', () => {
  it('is what the catalogue says, and that it does not say what was asked', () => {
    expect(detailsReply(MUGS.slice(0, 1), { places: [1], asked: '' }, ENGLISH)).toBe(
      '[1] Red enamel mug. price: £4.50. brand: Kiln & Clay. category: Mugs. color: red. material: enamel. For tea by the fire. Holds 320 ml.',
    );
    expect(detailsReply(MUGS.slice(0, 1), { places: [2], asked: 'dishwasher safe' }, ENGLISH)).toMatch(
      /^\[2\].*ml\. “dishwasher safe” is not in what the shop says of it\.$/,
    );
    expect(detailsReply(CUPS.slice(0, 1), { places: [1], asked: '洗碗机' }, CHINESE)).toBe(
      '[1] 红色搪瓷杯。价格：¥45.00。品牌：小熊。类别：杯子。颜色：红色。材质：搪瓷。商品资料中没有提到“洗碗机”。',
    );
  });

  it('sets side by side what differs, by the places', () => {
    expect(comparedReply(MUGS.slice(0, 2), [1, 3], ENGLISH)).toBe(
      '[1] Red enamel mug\n[3] Blue porcelain mug with lid\n[1] is £1.50 cheaper than [3]. brand: [1] Kiln & Clay, [3] Norrland. color: [1] red, [3] blue. material: [1] enamel, [3] porcelain.',
    );
    expect(comparedReply([CUPS[0]!, CUPS[2]!], [1, 2], CHINESE)).toBe(
      '[1] 红色搪瓷杯\n[2] 高玻璃杯\n[2]比[1]便宜¥12.50。品牌：[1] 小熊，[2] –。颜色：[1] 红色，[2] 透明。材质：[1] 搪瓷，[2] 玻璃。',
    );
    const same = [
      { id: 'a', title: 'Mug' },
      { id: 'b', title: 'Mug' },
    ];
    expect(comparedReply(same, [1, 2], ENGLISH)).toBe('[1] Mug\n[2] Mug\nAs far as the shop says, they are alike.');
  });
});

describe('constraints', () => {
  it.each([
    [{ 'attributes.color': { $in: ['red', 'blue'] } }, 'red or blue', '红色或蓝色'],
    [{ 'attributes.color': { $nin: ['red'] } }, 'not red', '不要红色'],
    [{ categories: { $in: ['Mugs'] }, brand: { $nin: ['Acme'] } }, 'in Mugs, not by Acme', 'Mugs类，不要Acme品牌'],
    [{ 'price.amount': { $gte: 2, $lte: 5 } }, '£2.00 to £5.00', '£2.00到£5.00'],
    [{ 'price.amount': { $gt: 2, $lt: 5 } }, 'over £2.00, under £5.00', '高于£2.00，低于£5.00'],
    [{ 'price.amount': { $lte: 5.5 } }, 'up to £5.50', '不超过£5.50'],
    [{ 'price.amount': { $gte: 1000 } }, 'from £1,000.00', '£1,000.00起'],
    [{ brand: { $in: ['a', 'b', 'c', 'd', 'e'] } }, 'by a or b or c or d…', 'a或b或c或d…品牌'],
    [{ brand: { $in: ['{0} $& {1}'] } }, 'by {0} $& {1}', '{0} $& {1}品牌'],
    [{}, '', ''],
  ])('%#: are said', (constraints, inEnglish, inChinese) => {
    expect(saidConstraints(constraints, 'en', moneyIn('en', 'GBP'))).toBe(inEnglish);
    expect(saidConstraints(constraints, 'zh', moneyIn('zh', 'GBP'))).toBe(inChinese);
  });

  it('have bare numbers where the shop has no currency, or none that anybody knows', () => {
    for (const currency of [undefined, '', '££', 'pounds']) expect(moneyIn('en', currency)(5.5)).toBe('5.5');
    expect(moneyIn('en', 'JPY')(500)).toBe('¥500');
  });
});
