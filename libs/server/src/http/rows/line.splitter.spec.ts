import fc from 'fast-check';
import { LineSplitter } from './line.splitter.js';

/** Lines of chunks as text; `long` for one that was too long. */
function linesOf(chunks: readonly Buffer[], maxBytes: number): readonly string[] {
  const splitter = new LineSplitter(maxBytes);
  const lines = [...chunks.flatMap((chunk) => [...splitter.push(chunk)]), ...splitter.end()];
  return lines.map((line) => line?.toString('latin1') ?? 'long');
}

it('cuts lines wherever the chunks end, and tells those that are too long', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '\n'), maxLength: 40 });
  const cuts = fc.array(fc.nat(40), { maxLength: 10 });
  fc.assert(
    fc.property(text, cuts, fc.integer({ min: 1, max: 6 }), (whole, places, max) => {
      const bytes = Buffer.from(whole);
      const sorted = [0, ...places.filter((place) => place < bytes.length).sort((a, b) => a - b), bytes.length];
      const chunks = sorted.slice(1).map((end, i) => bytes.subarray(sorted[i], end));
      const expected = bytes.toString('latin1').split('\n');
      if (expected.at(-1) === '') expected.pop();
      expect(linesOf(chunks, max)).toEqual(expected.map((line) => (line.length > max ? 'long' : line)));
    }),
  );
});

it('holds no more than a line however long the next newline takes', () => {
  const splitter = new LineSplitter(10);
  const chunk = Buffer.alloc(1_000, 'x');
  for (let i = 0; i < 1_000; i++) expect([...splitter.push(chunk)]).toEqual([]);
  expect([...splitter.push(Buffer.from('\nshort\n'))].map(String)).toEqual(['undefined', 'short']);
});
