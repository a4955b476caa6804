import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { evidenceOf } from './evidence.js';
import { inventionsIn } from './inventions.js';
import type { GroundingFacts } from './lexicon.js';

describe('inventionsIn, of the demo shop', () => {
  it('flags at most 2 of 100 texts made of the own words of 3,791 products and words that join them', () => {
    const products = demoTitles();
    const facts: GroundingFacts = { values: new Map(), names: products };
    const flagged = products.flatMap((title, i) => {
      const words = title.split(/\s+/);
      const half = Math.ceil(words.length / 2);
      const word = (k: number): string => words[(i * 7 + k) % words.length] ?? '';
      return [
        `The ${title} is for you, from £4.25.`,
        `Because you looked at others like it, we picked ${title} for your home.`,
        `With its ${words.slice(half).join(' ')} and ${words.slice(0, half).join(' ')}, it is lovely for everyone.`,
        `If you like ${word(0)} and ${word(3)}, then this is for you.`,
      ].map((text) =>
        inventionsIn(text, evidenceOf({ id: 'a', title, price: { amount: 4.25, currency: 'GBP' } }), facts),
      );
    });
    expect(flagged.length).toBeGreaterThan(15_000);
    const share = flagged.filter((found) => found.length > 0).length / flagged.length;
    console.info(`False alarms: ${(100 * share).toFixed(2)} %`);
    expect(share).toBeLessThan(0.02);
  });
});

function demoTitles(): readonly string[] {
  const file = join(__dirname, '../../../../assets/online-retail-2011/products.csv.gz');
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n').slice(1);
  return lines.map((line) => {
    const [, quoted, plain] = /^[^,]*,(?:"((?:[^"]|"")*)"|([^,]*)),/.exec(line) ?? [];
    return (quoted?.replaceAll('""', '"') ?? plain ?? '').trim().toLowerCase();
  });
}
