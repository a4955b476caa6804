import { learnersByName, namedLearners } from './learners-by-name.js';

const LEARNERS = ['popular', 'ease', 'ials'].map((name) => ({ name }));
const named = (...names: readonly string[]) => {
  const { learners, blend } = learnersByName(LEARNERS, names);
  return [...learners.map(({ name }) => name), ...(blend ? ['+ blend'] : [])].join(' ');
};

it.each([
  [[], 'popular ease ials + blend'],
  [['ials', 'popular'], 'popular ials'],
  [['ease', 'ease'], 'ease'],
  [['blend'], 'popular ease ials + blend'],
  [['blend', 'ials', 'ease'], 'ease ials + blend'],
  [['blend', 'ials'], 'ials + blend'],
])('%j: %s', (names, expected) => {
  expect(named(...names)).toBe(expected);
});

it.each([[['esae']], [['ease', 'constructor', 'esae']], [['Ease']]])('%j: names what there is', (names) => {
  const unknown = names.filter((name) => name !== 'ease').join(', ');
  expect(() => named(...names)).toThrow(
    expect.objectContaining({
      code: 'REQUEST',
      message: `there is no model ${unknown} for this protocol`,
      fix: 'Known models: popular, ease, ials, blend.',
    }),
  );
});

it('knows no blend of learners that are not blended', () => {
  expect(namedLearners(LEARNERS, ['ials', 'popular']).map(({ name }) => name)).toEqual(['popular', 'ials']);
  expect(namedLearners(LEARNERS, [])).toEqual(LEARNERS);
  expect(() => namedLearners(LEARNERS, ['blend'])).toThrow(
    expect.objectContaining({ code: 'REQUEST', fix: 'Known models: popular, ease, ials.' }),
  );
});
