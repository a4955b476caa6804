import { defineRanker, defineRetriever, defineScorer } from '@attune/sdk';
import { z } from 'zod';
import { benchOf, sourceOf } from '../fixtures/bench-engine.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';
import { nearest, PipelineError } from './finding.js';
import { pipelineSchema } from './pipeline.schema.js';

const nothing = { setup: () => ({ score: () => undefined }) };
const plugins = [
  ...PLAIN,
  defineScorer({
    id: 'windowed',
    version: '1.0.0',
    config: z.strictObject({ windowDays: z.int().min(1).default(7) }),
    ...nothing,
  }),
  defineScorer({ id: 'far-space', version: '1.0.0', itemVectors: ['image'], ...nothing }),
  defineScorer({ id: 'slow', version: '1.0.0', budget: { hardMs: 500 }, ...nothing }),
  defineScorer({
    id: 'broken',
    version: '1.0.0',
    setup: () => {
      throw new Error('no weights on disk');
    },
  }),
  defineRetriever({ id: 'regulars', version: '1.0.0', traits: { coldUser: false }, each: () => undefined }),
  defineRanker({
    id: 'choosy',
    version: '1.0.0',
    setup: () => ({
      reads: ['in-order', 'chep', 'zzzzzzzz'],
      rank: () => ({ scores: new Float64Array(0), contributions: new Map() }),
    }),
  }),
];

async function findingsOf(...changes: readonly object[]): Promise<string> {
  const { engine } = benchOf(plugins);
  const error: unknown = await engine.load(changes.map((one) => sourceOf(homeOf(one)))).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PipelineError);
  expect(engine.surfaces).toEqual([]);
  return (error as PipelineError).message;
}
const only = { score: [] };

describe('the proof names file, line, cause and fix', () => {
  it.each([
    ['an unknown plugin', { score: [{ use: 'cheep' }] }, "home.yaml:3: no scorer 'cheep': did you mean 'cheap'?"],
    [
      'one that is like no other',
      { explain: { use: 'qwertyuiop' } },
      "home.yaml:3: no explainer 'qwertyuiop': use one of bought, or add its package under plugins",
    ],
    [
      'another kind',
      { ...only, rerank: [{ use: 'cheap' }] },
      "home.yaml:3: no reranker 'cheap': 'cheap' is a scorer: move it there",
    ],
    [
      'an unknown option',
      { score: [{ use: 'cheap' }, { use: 'windowed', config: { windowDay: 3 } }] },
      `home.yaml:5: windowed: Unrecognized key: "windowDay": did you mean 'windowDays'?`,
    ],
    [
      'an option out of range',
      { score: [{ use: 'windowed', config: { windowDays: 0 } }] },
      "home.yaml:4: windowed: option windowDays: Too small: expected number to be >=1: mend it; the plugin's page lists its options and ranges",
    ],
    [
      'a space nobody fills',
      { score: [{ use: 'far-space' }] },
      "home.yaml:3: far-space reads vectors of space 'image', which no embedder fills: configure an embedder for it (or, of a trainer, set index: true under train), or drop the step",
    ],
    [
      'a budget beyond the deadline',
      { score: [{ use: 'slow' }] },
      'home.yaml:3: slow may take 500 ms, the surface 120: set hardMs: 120 on the step, or a longer deadlineMs',
    ],
    [
      'a column written twice',
      { score: [{ use: 'cheap' }, { use: 'windowed', as: 'cheap' }] },
      "home.yaml:3: two scorers write column 'cheap': give one a name of its own with 'as'",
    ],
    [
      'a retriever named twice',
      { retrieve: [{ use: 'in-order' }, { use: 'in-order' }] },
      "home.yaml:3: two retrievers write column 'in-order': give one a name of its own with 'as'",
    ],
    [
      'a fallback without anything for the unknown',
      { fallback: 'regulars' },
      "home.yaml:2: the fallback 'regulars' has nothing for a user without history: use one that has, such as 'popular'",
    ],
    [
      'a plugin that cannot be set up',
      { score: [{ use: 'broken' }] },
      'home.yaml:2: broken could not be set up: no weights on disk: mend what it names, or drop the step',
    ],
    [
      'columns nobody writes',
      { rank: { use: 'choosy' } },
      "home.yaml:4: the ranker weighs 'chep', which no step writes: did you mean 'cheap'?\n" +
        "home.yaml:4: the ranker weighs 'zzzzzzzz', which no step writes: add it under score, or drop its weight",
    ],
  ])('%s', async (_, changes, message) => {
    expect(await findingsOf(changes)).toBe(message);
  });

  it('finds everything that is wrong with every pipeline at once', async () => {
    const message = await findingsOf({ score: [{ use: 'cheep' }, { use: 'slow' }] }, { rank: { use: 'summ' } });
    expect(message.split('\n')).toEqual([
      expect.stringMatching(/cheep/),
      expect.stringMatching(/slow may take/),
      expect.stringMatching(/surface 'home' is written twice: rename or drop one/),
      expect.stringMatching(/no ranker 'summ': did you mean 'sum'/),
    ]);
  });
});

describe('the schema of a pipeline', () => {
  it.each([
    ['an unknown member', { deadline: 5 }],
    ['no retriever', { retrieve: [] }],
    [
      'more retrievers than bits',
      { retrieve: Array.from({ length: 31 }, (_, n) => ({ use: 'in-order', as: `r${n}` })) },
    ],
    ['a column whose name is a number', { score: [{ use: 'cheap', as: '10' }] }],
    ['a column that is a member of every object', { score: [{ use: 'cheap', as: '__proto__' }] }],
  ])('refuses %s', (_, changes) => {
    expect(pipelineSchema.safeParse(homeOf(changes)).success).toBe(false);
  });
});

describe('nearest', () => {
  it('finds the word a few letters away, and none further off', () => {
    expect(nearest('wieghted', ['rrf', 'weighted'])).toBe('weighted');
    expect(nearest('weighted', ['rrf'])).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
  });
});
