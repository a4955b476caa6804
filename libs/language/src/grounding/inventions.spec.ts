import { evidenceOf, type Evidence } from './evidence.js';
import { inventionsIn, type Invention } from './inventions.js';
import { FACTS } from './testing/facts.js';
import { INVENTED_PHRASES } from './testing/invented-phrases.js';
import { PLANTED } from './testing/planted-inventions.js';
import { UNSEEN } from './testing/unseen-inventions.js';

const of = (text: string, ...texts: readonly string[]): readonly Invention[] => inventionsIn(text, { texts }, FACTS);
const told = (text: string, ...texts: readonly string[]): readonly string[] =>
  of(text, ...texts).map(({ kind, text: found }) => `${kind} ${found}`);

describe('inventionsIn', () => {
  it.each([
    ['30 planted inventions, 30 caught', 30, PLANTED],
    ['40 more that it was not made with, 40 caught', 40, UNSEEN],
  ])('%s, and nothing in honest texts', (_, size, table) => {
    expect(table).toHaveLength(size);
    for (const { item, honest, planted, invention } of table) {
      const evidence = evidenceOf(item);
      const from = planted.indexOf(invention);
      const caught = inventionsIn(planted, evidence, FACTS).some(
        ({ span }) => span[0] < from + invention.length && span[1] > from,
      );
      expect({ planted, caught }).toEqual({ planted, caught: from >= 0 });
      expect({ honest, found: inventionsIn(honest, evidence, FACTS) }).toEqual({ honest, found: [] });
    }
  });

  it.each([
    ['a set of three', 'Set of 3'],
    ['3.0 kg, or 1 1/2 lb', '3kg, 1.5 lb'],
    ['1000 pieces', '1,000 pieces'],
    ['two dozen, and a pair of spoons', '24 and 2'],
    ['twenty-four drawers', '24 small drawers'],
    ['2½ inches', '2.5"'],
    ['30 by 40 cm, from 3 to 5 years', '30x40cm, 3-5 years'],
    ['5 × 10 cm', '5cmx10cm'],
    ['100 % and 20 percent', '100% 20%'],
    ['5 feet', "5' tall"],
    ['５００ｍｌ', '500 ml'],
    ['-20 °C', '-20°C'],
    ['£3', '£3.00'],
    ['12.50 euros', '€12.5'],
    ['二十四小时，三十厘米，百分之五', '24 hours, 30 cm, 5%'],
    ['一百二十个，两千克', '120, 2 kg'],
    ['this one is one of the best friends, 2 in a box', '2'],
  ])('takes %p for what %p says', (text, said) => {
    expect(told(text, said)).toEqual([]);
  });

  it.each([
    ['30 cm', '30 ml', ['measure 30 cm']],
    ['30', '30 cm', ['number 30']],
    ['30 cm', '30', ['measure 30 cm']],
    ['0.3 m', '30 cm', ['measure 0.3 m']],
    ['3 shelves', '3 drawers', ['measure 3 shelves']],
    ['one year', 'a year', ['measure one year']],
    ['€5', '£5', ['measure €5']],
    ['half a dozen', 'a dozen', ['number half']],
    ['3½', '31/2', ['number 3½']],
    ['for A5', 'for A4', ['number A5']],
    ['4WD', '4', ['measure 4WD']],
    ['1.5 l', '15 l', ['measure 1.5 l']],
    ['三层', '两层', ['measure 三层']],
    ['一年保修', '保修', ['measure 一年']],
    ['百分之十', '10', ['measure 百分之十']],
    ['99999999999999999999', '99999999999999999998', ['number 99999999999999999999']],
  ])('finds that %p is not what %p says', (text, said, found) => {
    expect(told(text, said)).toEqual(found);
  });

  it.each([
    ['Reds and WHITES', 'red, white', []],
    ['a gray, colour-changing thing', 'grey colour-changing', []],
    ['a blue jacket', 'navy blue jacket', []],
    ['a navy blue jacket', 'blue jacket', ['value navy blue']],
    ['dark red', 'red', ['value dark red']],
    ['a silver frame', 'silver-plated frame', ['value silver']],
    ['silver plated', 'silver', ['value silver plated']],
    ['leather', 'leather look, like leather feel, PU leather alternative', ['value leather']],
    ['Italian', 'Italian-style', ['value Italian']],
    ['feels like silk', 'silk', ['value like silk']],
    ['in a minty mint', 'minty', ['value mint']],
    ['with a zip', 'snap buttons', ['value zip']],
    ['a snap button', 'snap buttons', []],
    ['made from quillwood', 'wood', ['value quillwood']],
    ['红色', '红茶杯', ['value 红色']],
    ['红茶', '茶', []],
    ['银色', '银', ['value 银色']],
    ['红色的', 'red', []],
    ['胡桃色', '胡桃', ['value 桃色']],
  ])('of values: %p after %p', (text, said, found) => {
    expect(told(text, said)).toEqual(found);
  });

  it.each([
    ['dishwasher-safe', 'Not dishwasher safe.', ['claim dishwasher-safe']],
    ['not dishwasher safe', 'dishwasher safe', ['claim dishwasher safe']],
    ['Not dishwasher safe; waterproof.', 'waterproof, not dishwasher safe', []],
    ['waterproof', 'not only waterproof', []],
    ['防水', '不防水', ['claim 防水']],
    ['不锈钢', '不锈钢', []],
    ['shockproof, BPA-free', 'shock proof, BPA free', []],
    ['shockproof, lead-free', 'BPA-free', ['claim shockproof', 'value lead-free']],
    ['hand-made', 'handmade', []],
    ['organic', 'organizer', ['claim organic']],
    ['water\u200bproof WATERPROOF', 'water', ['claim water\u200bproof', 'claim WATERPROOF']],
    ['new', 'the news', ['claim new']],
    ['free shipping, 20% off', 'free returns', ['claim free shipping', 'measure 20%', 'claim off']],
    ['不含甲醛，无铅', '甲醛', ['claim 不含甲', 'claim 无铅']],
  ])('of claims: %p after %p', (text, said, found) => {
    expect(told(text, said)).toEqual(found);
  });

  it.each([
    ['goes with the Galaxy Pendant', ['name Galaxy Pendant']],
    ['goes with the "galaxy pendant"', ['name galaxy pendant']],
    ['in a gift bag', []],
    ['in a Gift Bag', ['name Gift Bag']],
    ['put it next to your bed', []],
    ['made by Next', ['name Next']],
    ['loved by Quuxley fans', ['name Quuxley']],
    ['FSC approval', ['name FSC']],
    ['像月光茶壶', ['name 月光茶壶']],
    ['天堂伞', ['name 天堂']],
  ])('of names: %p', (text, found) => {
    expect(told(text, 'a thing, loved').filter((one) => one.startsWith('name'))).toEqual(found);
  });

  it('finds 93 of 100 inventions in phrases that know no end, such as colors and parts that no table has', () => {
    const frame = ['Picture frame', 'A frame for pictures. Hangs on a wall.', '相框'];
    const found = INVENTED_PHRASES.filter((phrase) => of(phrase, ...frame).length > 0);
    expect(INVENTED_PHRASES).toHaveLength(178);
    console.info(`Found ${found.length} of ${INVENTED_PHRASES.length}`);
    expect(found.length / INVENTED_PHRASES.length).toBeGreaterThanOrEqual(0.93);
  });

  it('lets a text name the items it may name, without taking their words for its own', () => {
    const evidence: Evidence = { texts: ['White plate'], names: ['Set of 3 Red Organic Mugs'] };
    const found = (text: string): readonly string[] => inventionsIn(text, evidence, FACTS).map(({ text: one }) => one);
    expect(found('Because you bought Set of 3 Red Organic Mugs: a white plate.')).toEqual([]);
    expect(found('Because you bought “set of 3 red organic mugs”, three red plates.')).toEqual(['three', 'red']);
  });

  it('tells where an invention stands in the text as it was given', () => {
    const text = 'Ünïcode ½ 😀 ﬁne: ＲＥＤ!';
    const [number, color] = of(text, 'unicode fine');
    expect([number, color]).toMatchObject([
      { kind: 'number', text: '½' },
      { kind: 'value', text: 'ＲＥＤ', span: [18, 21] },
    ]);
    expect(text.slice(...color!.span)).toBe('ＲＥＤ');
  });
});
