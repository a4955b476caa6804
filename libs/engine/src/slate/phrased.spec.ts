import { defineExplainer, type ExplainedSlate, type Explanation, type SlateAnswer } from '@attune/sdk';
import { benchOf, sourceOf, type Bench } from '../fixtures/bench-engine.js';
import { packExplainedSlate, unpackExplainedSlate } from '../isolate/wire.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';
import { unfitText } from './grounded.js';

const plugin = { version: '1.0.0' };
/** Says that each item is popular. */
const popular = defineExplainer({
  ...plugin,
  id: 'all-popular',
  each: () => ({ reason: 'popular', evidence: [], params: {} }),
});
type Phrased = readonly (Explanation | undefined)[];
/** Phrases what it is given, and keeps what it saw. */
function phrasing(id: string, phrase: (slate: ExplainedSlate) => Phrased) {
  const seen: ExplainedSlate[] = [];
  const made = defineExplainer({
    ...plugin,
    id,
    traits: { phrases: true },
    setup: () => ({
      explain(slate) {
        seen.push(slate);
        return phrase(slate);
      },
    }),
  });
  return { plugin: made, seen };
}
const saying = (id: string, text: (place: number) => string) =>
  phrasing(id, ({ given }) => given.map((reason, place) => reason && { ...reason, text: text(place) }));

async function loaded(steps: readonly string[], plugins: Parameters<typeof benchOf>[0]): Promise<Bench> {
  const bench = benchOf([...PLAIN, popular, ...plugins]);
  await bench.engine.load([sourceOf(homeOf({ explain: steps.map((use) => ({ use })) }))]);
  return bench;
}
const textsOf = ({ items }: SlateAnswer): readonly (string | undefined)[] => items.map(({ reason }) => reason?.text);
const FIXED = 'Popular right now';

describe('explainers that phrase', () => {
  it('get the reasons of all others, wherever they stand, and change their words alone', async () => {
    const { plugin: words, seen } = saying('words', (place) => (place === 0 ? 'Much liked' : FIXED));
    const slate = await (await loaded(['words', 'all-popular'], [words])).serve({ limit: 2, language: 'zh-CN' });
    expect(seen[0]).toMatchObject({
      language: 'zh-CN',
      given: [0, 1].map(() => ({ reason: 'popular', evidence: [], params: {}, text: '当前热门' })),
    });
    expect(slate.items.map(({ reason }) => reason)).toEqual([
      { key: 'popular', text: 'Much liked', evidence: [] },
      { key: 'popular', text: FIXED, evidence: [] },
    ]);
  });

  it('are named in the trace with the places whose words are theirs', async () => {
    const { plugin: words } = saying('words', (place) => (place === 1 ? FIXED : 'Much liked'));
    const { trace, degraded } = await (await loaded(['all-popular', 'words'], [words])).serve({ limit: 3 });
    expect(trace!.notes).toContainEqual({ plugin: 'words', code: 'REASONS_PHRASED', detail: 'places 1, 3' });
    const explained = trace!.stages.find(({ stage }) => stage === 'explain')!;
    expect(explained.plugins.map((one) => one.plugin)).toEqual(['all-popular', 'words']);
    expect(degraded).toEqual([]);
  });

  it('go on from each other, and are not asked where there are no reasons', async () => {
    const first = saying('first', () => 'One');
    const second = phrasing('second', ({ given }) => given.map((one) => one && { ...one, text: `${one.text} two` }));
    const bench = await loaded(['all-popular', 'first', 'second'], [first.plugin, second.plugin]);
    expect(textsOf(await bench.serve({ limit: 1 }))).toEqual(['One two']);
    const alone = saying('alone', () => 'One');
    expect(textsOf(await (await loaded(['alone'], [alone.plugin])).serve({ limit: 1 }))).toEqual([undefined]);
    expect(alone.seen).toEqual([]);
  });

  it.each<[string, (slate: ExplainedSlate) => Phrased]>([
    ['another reason', ({ given }) => given.map((one) => one && { ...one, reason: 'mine' })],
    ['other evidence', ({ given }) => given.map((one) => one && { ...one, evidence: ['i1'] })],
    ['other params', ({ given }) => given.map((one) => one && { ...one, params: { words: 'x' } })],
    ['another number of reasons', () => []],
  ])('that answer %s are left out, and the slate says so', async (_, phrase) => {
    const { plugin: words } = phrasing('words', phrase);
    const slate = await (await loaded(['all-popular', 'words'], [words])).serve({ limit: 2 });
    expect(textsOf(slate)).toEqual([FIXED, FIXED]);
    expect(slate.degraded.map(({ plugin: name, code }) => [name, code])).toEqual([['words', 'PLUGIN_BROKE_CONTRACT']]);
  });

  it('keep the fixed words of an item by giving none, or words that cannot be a reason', async () => {
    const texts = ['Fine', 'x'.repeat(161), '<b>bold</b>', 'Bought 987 times'];
    const { plugin: words } = saying('words', (place) => texts[place]!);
    const slate = await (await loaded(['all-popular', 'words'], [words])).serve({ limit: 4 });
    expect(textsOf(slate)).toEqual(['Fine', FIXED, FIXED, FIXED]);
    expect(slate.degraded).toEqual([
      {
        plugin: 'words',
        code: 'PLUGIN_BROKE_CONTRACT',
        detail: 'a phrased reason of 161 characters, more than 160',
      },
    ]);
    const { plugin: silent } = phrasing('silent', ({ given }) => given.map(() => undefined));
    expect(textsOf(await (await loaded(['all-popular', 'silent'], [silent])).serve({ limit: 1 }))).toEqual([FIXED]);
  });

  it('see the same in a thread of their own', async () => {
    const { plugin: words, seen } = saying('words', () => 'One');
    await (await loaded(['all-popular', 'words'], [words])).serve({ limit: 2, language: 'zh' });
    const sent = structuredClone(packExplainedSlate(seen[0]! as Parameters<typeof packExplainedSlate>[0], words));
    const { given, language } = unpackExplainedSlate(sent);
    expect([given, language]).toEqual([seen[0]!.given, 'zh']);
    expect(given).toHaveLength(2);
  });

  it('are asked nothing where nobody wants reasons, and words of others are not taken from them', async () => {
    const { plugin: words, seen } = saying('words', () => 'One');
    const bench = await loaded(['all-popular', 'words'], [words]);
    expect(textsOf(await bench.serve({ limit: 1, explain: false }))).toEqual([undefined]);
    expect(seen).toEqual([]);
    const loud = defineExplainer({
      ...plugin,
      id: 'loud',
      each: () => ({ reason: 'popular', evidence: [], params: {}, text: 'Loud' }),
    });
    expect(textsOf(await (await loaded(['loud'], [loud])).serve({ limit: 1 }))).toEqual([FIXED]);
  });
});

describe('unfitText', () => {
  const given = { reason: 'popular', evidence: [], params: {}, text: 'Popular, 7 left' };
  const ground = {
    item: { id: 'a', title: 'Set of 12 mugs' },
    evidence: [{ id: 'b', title: 'Lamp 40W' }],
    query: '3 cups',
  };
  const of = (text: unknown): string | undefined => unfitText(text, given, ground);

  it.each(['Popular', '12 mugs like Lamp 40W', '3 or 7', '１２ 个杯子，很受欢迎'])('lets pass %p', (text) => {
    expect(of(text)).toBeUndefined();
  });

  it.each([
    ['', /without words/],
    [' ', /without words/],
    [5, /without words/],
    ['two\nlines', /more than one line/],
    ['an\u202einvisible mark', /markup/],
    ['<i>marked</i>', /markup/],
    ['see https://evil.example', /address/],
    ['see www.evil.example', /address/],
    ['13 mugs', /names "13"/],
    ['٤ mugs', /names "٤"/],
  ])('refuses %j', (text, why) => {
    expect(of(text)).toMatch(why);
  });
});
