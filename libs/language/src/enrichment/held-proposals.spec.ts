import { heldProposals, modelProposalSchema, type ModelProposal } from './held-proposals.js';

const held = (title: string, ...proposals: readonly ModelProposal[]): readonly string[] =>
  heldProposals({ title }, proposals).map(({ attribute, value, span }) => `${attribute}:${value}<${span.text}`);

describe('heldProposals', () => {
  it.each([
    ['RED KETTLE', ['color', 'red', 'RED'], 'color:red<RED'],
    ['Grey wool blanket', ['colour', 'gray', 'grey wool'], 'color:gray<Grey'],
    ['NAVY COAT', ['color', 'blue', 'navy coat'], 'color:blue<NAVY'],
    ['KETTLE BLK', ['color', 'black', 'BLK'], 'color:black<BLK'],
    ['纯棉毛巾', ['material', 'cotton', '纯棉'], 'material:棉<纯棉'],
    ['Cushion 30 x 30cm', ['size', '30 × 30 cm', '30 x 30cm'], 'size:30 x 30 cm<30 x 30cm'],
    ['POLKADOT APRON', ['pattern', 'polka dot', 'polkadot'], 'pattern:polka dot<POLKADOT'],
    ['Café chair for children', ['style', 'Cafe', 'cafe  CHAIR'], 'style:Cafe<Café'],
  ])('holds of %p: %j as %p', (title, [attribute = '', value = '', quote = ''], expected) => {
    expect(held(title, { attribute, value, quote })).toEqual([expected]);
  });

  it.each([
    ['RED KETTLE', 'color', 'red', 'a red one', 'the quote is not in the text'],
    ['RED KETTLE', 'color', 'blue', 'RED', 'the quote says another color'],
    ['RED KETTLE', 'style', 'retro', 'RED KETTLE', 'the quote does not say the value'],
    ['RED RIDING HOOD PUPPET', 'color', 'red', 'RED', 'it is a name'],
    ['lamp, not red', 'color', 'red', 'red', 'the text denies it'],
    ['lamp, not modern', 'style', 'modern', 'modern', 'the text denies it'],
    ['litter for small dogs', 'size', 'small', 'small', 'it is said of something else'],
    ['INFRARED LAMP', 'color', 'red', 'RED', 'it is a part of a word'],
    ['SET OF 3 BOWLS', 'size', '3 cm', '3', 'the quote has no unit'],
    ['RED KETTLE', 'color', ' ', 'RED', 'the value says nothing'],
    ['RED KETTLE', 'color', 'red', ' ', 'the quote says nothing'],
  ])('drops of %p: %s %p by %p, because %s', (title, attribute, value, quote) => {
    expect(held(title, { attribute, value, quote })).toEqual([]);
  });

  it('applies only what the tables say as well', () => {
    const sure = (title: string, attribute: string, value: string): number =>
      heldProposals({ title }, [{ attribute, value, quote: value }])[0]?.confidence ?? 0;
    expect(sure('red kettle', 'color', 'red')).toBeGreaterThanOrEqual(0.8);
    expect(sure('red kettle', 'use', 'kettle')).toBe(0.7);
    expect(sure('vase, not rose', 'color', 'rose')).toBe(0);
    expect(sure('rose vase', 'color', 'rose')).toBe(0.5);
    expect(sure('bowl with red lid', 'color', 'red')).toBe(0.6);
    expect(sure('bowl with glossy lid', 'finish', 'glossy')).toBe(0.6);
  });

  it('goes on to where the quote holds', () => {
    const [found] = heldProposals({ title: 'not red, really red' }, [
      { attribute: 'color', value: 'red', quote: 'red' },
    ]);
    expect(found?.span).toEqual({ field: 'title', from: 16, to: 19, text: 'red' });
    const item = { title: 'Kettle', description: 'Boils fast.', tags: ['matte', 'kitchen'], brand: 'Fast & Co' };
    const spans = heldProposals(item, [
      { attribute: 'speed', value: 'fast', quote: 'Boils fast' },
      { attribute: 'finish', value: 'matte', quote: 'matte' },
      { attribute: 'maker', value: 'Fast & Co', quote: 'Fast & Co' },
    ]).map(({ span }) => [span.field, span.from, span.text]);
    expect(spans).toEqual([
      ['description', 6, 'fast'],
      ['tags', 0, 'matte'],
      ['brand', 0, 'Fast & Co'],
    ]);
  });

  it('takes the spelling of the catalogue', () => {
    const facts = {
      known: new Map([
        ['color', ['Grey']],
        ['pattern', ['Polka Dot']],
      ]),
    };
    const found = heldProposals(
      { title: 'gray polka dot bowl' },
      [
        { attribute: 'color', value: 'gray', quote: 'gray' },
        { attribute: 'pattern', value: 'polka dot', quote: 'polka dot' },
      ],
      facts,
    );
    expect(found.map(({ value }) => value)).toEqual(['Grey', 'Polka Dot']);
  });

  it('proposes a value once', () => {
    const proposal = { attribute: 'color', value: 'red', quote: 'red' };
    expect(held('red, red', proposal, proposal, { ...proposal, quote: 'red, red' })).toHaveLength(1);
  });

  it('drops what the schema does not pass, and all after the first 64', () => {
    const title = 'red kettle';
    const good = { attribute: 'color', value: 'red', quote: 'red' };
    const hostile = [
      { ...good, attribute: 'a'.repeat(129) },
      { ...good, value: 'r'.repeat(201) },
      { ...good, quote: 'red '.repeat(200) },
      { ...good, value: '' },
    ];
    for (const proposal of hostile) expect(modelProposalSchema.safeParse(proposal).success).toBe(false);
    expect(heldProposals({ title }, hostile)).toEqual([]);
    expect(heldProposals({ title }, [...Array.from({ length: 64 }, () => hostile[0]!), good])).toEqual([]);
    expect(held(title, { ...good, attribute: '__proto__' })).toEqual(['__proto__:red<red']);
  });

  it('keeps to the texts whatever is proposed', () => {
    const parts = [
      'red',
      'Red',
      ' ',
      'mug',
      '红',
      '色',
      '30',
      'cm',
      '"',
      '\ud83d',
      '\u0301',
      'İ',
      'ﬁ',
      '-',
      'not ',
      '½',
    ];
    let state = 7;
    const next = (below: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % below;
    const text = (most: number): string =>
      Array.from({ length: 1 + next(most) }, () => parts[next(parts.length)]).join('');
    let count = 0;
    for (let run = 0; run < 2000; run++) {
      const item = { title: text(10), description: text(10) };
      const proposal = { attribute: run % 2 === 0 ? 'color' : 'note', value: text(2), quote: text(3) };
      for (const { span } of heldProposals(item, [proposal])) {
        count++;
        expect(span.text).toBe((span.field === 'title' ? item.title : item.description).slice(span.from, span.to));
        expect(span.text).not.toBe('');
      }
    }
    expect(count).toBeGreaterThan(50);
  });

  it('takes a time that grows with the length alone', () => {
    const proposal = { attribute: 'note', value: 'red red blue', quote: `${'red '.repeat(120)}blue` };
    const began = process.cpuUsage().user;
    heldProposals(
      { title: 'bowl', description: 'red '.repeat(5000) },
      Array.from({ length: 64 }, () => proposal),
    );
    expect(process.cpuUsage().user - began).toBeLessThan(4_000_000);
  });
});
