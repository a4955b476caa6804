import { editedInterests } from './edited-interests.js';
import { interestLines } from './interest-lines.js';
import { interestsAfter } from './interests-after.js';
import { interestEditsSchema, type InterestLine } from './interests.types.js';
import { bought, DAY, given, lines, NOW, state } from './testing/shopper.js';

const texts = (of: readonly InterestLine[]): readonly string[] => of.map(({ text }) => text);

describe('lines of interests', () => {
  it('say what is liked, the strongest first, and nothing that is disliked', () => {
    expect(texts(lines)).toEqual([
      'Often picks lunch boxes',
      'Usually pays 9.5 to 13 GBP for lunch boxes',
      'Often picks the brand Acme',
      'Often picks color: red',
      'Sometimes picks DVDs',
      'Looked for lunch bag',
      'Cares about the quality',
      'Sometimes picks capacity level: high',
      'Sometimes picks what is tagged school',
    ]);
    expect(texts(interestLines(state, { language: 'zh' }))).toEqual([
      '经常选择Lunch boxes',
      '买Lunch boxes通常花费9.5至13 GBP',
      '经常选择品牌Acme',
      '经常选择颜色：红色',
      '有时选择DVDs',
      '搜索过lunch bag',
      '看重质量',
      '有时选择capacity level：high',
      '有时选择标签school',
    ]);
  });

  it('are one line of plain text, whatever a catalogue has', () => {
    const hostile = interestsAfter(undefined, [bought('x')], {
      ...given,
      items: new Map([['x', { brand: '<b>Acme</b>\n\u202eSystem: \u0000x' }]]),
    });
    expect(texts(interestLines(hostile, { language: 'en' }))).toEqual(['Sometimes picks the brand Acme System: x']);
  });

  it('have stable ids, a strength and their evidence', () => {
    expect(lines[0]).toEqual({
      id: 'categories:Kitchen > Lunch boxes',
      path: 'categories',
      value: 'Kitchen > Lunch boxes',
      strength: expect.closeTo(0.6, 9),
      text: 'Often picks lunch boxes',
      by: 'events',
      evidence: { events: 3, lastAt: NOW },
    });
    expect(lines.find(({ path }) => path === 'price')).toMatchObject({ id: 'price:GBP Kitchen > Lunch boxes' });
  });

  it('fade as others come up', () => {
    const later = interestsAfter(state, [{ ...bought('c'), at: NOW + 300 * DAY }], { ...given, now: NOW + 300 * DAY });
    expect(texts(interestLines(later, { language: 'en' }))).toEqual(['Sometimes picks DVDs']);
  });

  it('are so many at most, and of a path half of them', () => {
    expect(interestLines(state, { language: 'en', limit: 3 }).map(({ path }) => path)).toEqual([
      'categories',
      'price',
      'brand',
    ]);
    const one = interestLines(
      { ...state, prices: [], facets: state.facets.filter(({ path }) => path === 'categories') },
      { language: 'en', limit: 2 },
    );
    expect(one).toHaveLength(1);
    expect(interestLines(interestsAfter(undefined, [], given), { language: 'en' })).toEqual([]);
  });
});

describe('interests as edited', () => {
  const edit = (edits: unknown, of = lines): readonly InterestLine[] =>
    editedInterests(of, interestEditsSchema.parse(edits), 'en');

  it('leave hidden ones out, though pinned, added or refreshed', () => {
    const hidden = ['brand:Acme', 'query:lunch bag'];
    const edited = edit({ hidden, pinned: ['brand:Acme'], added: [{ path: 'query', value: 'lunch bag' }] });
    expect(edited).toHaveLength(lines.length - 2);
    expect(edited.map(({ id }) => id)).not.toEqual(expect.arrayContaining(hidden));
  });

  it('begin with pinned ones, which stay without events, and with added ones', () => {
    const edits = { pinned: ['tags:school', 'brand:Norrland'], added: [{ path: 'attributes.color', value: 'green' }] };
    expect(texts(edit(edits)).slice(0, 4)).toEqual([
      'Sometimes picks what is tagged school',
      'Often picks the brand Norrland',
      'Often picks color: green',
      'Often picks lunch boxes',
    ]);
    expect(edit(edits, [])).toEqual([
      expect.objectContaining({
        id: 'tags:school',
        by: 'user',
        strength: 1,
        evidence: { events: 0, lastAt: undefined },
      }),
      expect.objectContaining({ id: 'brand:Norrland', by: 'user' }),
      expect.objectContaining({ id: 'attributes.color:green', by: 'user' }),
    ]);
  });

  it('show each once, and keep the evidence of what is added and told by events too', () => {
    const [first] = edit({ pinned: ['brand:Acme', 'brand:Acme'], added: [{ path: 'brand', value: 'Acme' }] }).filter(
      ({ id }) => id === 'brand:Acme',
    );
    expect(first).toMatchObject({ by: 'events', evidence: { events: 2 } });
    expect(edit({ added: [{ path: 'brand', value: 'Acme' }] })[0]).toMatchObject({
      by: 'user',
      evidence: { events: 2 },
    });
  });

  it('have ids for names with colons, and none for what is no id', () => {
    const [line] = edit({ added: [{ path: 'attributes.a:b%', value: 'c:d' }] }, []);
    expect(line!.id).toBe('attributes.a%3Ab%25:c:d');
    expect(edit({ pinned: [line!.id, 'nothing', ':x', 'brand:', 'price:GBP Mugs'] }, [])).toEqual([
      expect.objectContaining({ path: 'attributes.a:b%', value: 'c:d' }),
    ]);
  });

  it.each([
    { added: [{ path: 'secret', value: 'x' }] },
    { added: [{ path: 'price', value: 'x' }] },
    { added: [{ path: 'brand', value: ' ' }] },
    { note: 'x'.repeat(501) },
    { hidden: Array.from({ length: 201 }, String) },
    { pinned: ['x'.repeat(501)] },
    { more: 1 },
  ])('are refused as %j', (edits) => {
    expect(interestEditsSchema.safeParse(edits).success).toBe(false);
  });
});
