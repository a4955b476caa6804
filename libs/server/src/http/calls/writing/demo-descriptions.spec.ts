import { join } from 'node:path';
import { readDemoItems } from '@attune/demo';
import { TONES, WRITTEN_LANGUAGES } from '@attune/language';
import { evidenceOf, inventionsIn, templateDescription, type GroundingFacts } from '@attune/language/understanding';
import { itemSchema } from '@attune/sdk';

const ITEMS = readDemoItems(join(__dirname, '../../../../../../assets/online-retail-2011')).map((item) =>
  itemSchema.parse(item),
);
const LENGTHS = ['short', 'medium', 'long'] as const;

const valuesOf = (name: string): readonly string[] => [
  ...new Set(ITEMS.flatMap(({ attributes = {} }) => [attributes[name] ?? []].flat().map(String))),
];
const FACTS: GroundingFacts = { values: new Map(['color', 'material'].map((name) => [name, valuesOf(name)])) };

describe('the template, of the 3,791 items of the demo shop', () => {
  it.each(WRITTEN_LANGUAGES)('in %s invents nothing, and says title and color of at least 99 of 100', (language) => {
    const lacking: string[] = [];
    for (const [i, item] of ITEMS.entries()) {
      const style = { tone: TONES[i % TONES.length]!, length: LENGTHS[i % LENGTHS.length]!, language };
      const text = templateDescription(item, style, { facts: FACTS, blocked: [] }) ?? '';
      expect([item.title, text, inventionsIn(text, evidenceOf(item), FACTS)]).toEqual([item.title, text, []]);
      const saysColor = item.attributes?.['color'] === undefined || /color|颜色/i.test(text);
      if (!text.includes(item.title.replace(/\W+$/, '')) || !saysColor) lacking.push(`${item.title}: ${text}`);
    }
    console.info(`${lacking.length} of ${ITEMS.length} lack title or color\n${lacking.slice(0, 20).join('\n')}`);
    expect(ITEMS).toHaveLength(3_791);
    expect(lacking.length / ITEMS.length).toBeLessThan(0.01);
  });
});
