import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import type { SlateAnswer } from './testing/answers.js';
import { until } from './testing/http.client.js';
import { askOnce, byLetters, codesOf, ends, environmentOf, isMovedBy, LLM_KEY } from './testing/llm-shop.js';
import { demoFolder, writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';
import { TINY_ITEMS, tinySurface } from './testing/tiny-shop.js';

/** A customer of the bundled shop with much behind them. */
const KNOWN = '17850';
afterAll(() => Promise.all(ends.map((end) => end())));

async function scripted(): Promise<ScriptedLlm> {
  const llm = await startScriptedLlm({ answer: byLetters, key: LLM_KEY });
  ends.push(() => llm.close());
  return llm;
}

describe('without a language model', () => {
  it('a step that asks one is named in each slate', async () => {
    const files = writeShop({ surfaces: { home: tinySurface('home', { rerank: [{ use: 'llm-listwise' }] }) } });
    const shop = await startGateway(files);
    ends.push(() => shop.stop());
    await shop.putItems(TINY_ITEMS);
    expect((await askOnce(shop, { query: 'gift' })).degraded).toEqual([
      { plugin: 'llm-listwise', code: 'LLM_MISSING', detail: expect.stringContaining('ATTUNE_LLM_URL') as string },
    ]);
  });

  it.each([
    [{ ATTUNE_LLM_URL: 'http://127.0.0.1:1/v1' }, /ATTUNE_LLM_MODEL: goes with ATTUNE_LLM_URL/],
    [{ ATTUNE_LLM_FILE: '/no/such.gguf' }, /no\/such\.gguf/],
    [{ ATTUNE_LLM_RERANK_MODEL: 'ranks' }, /ATTUNE_LLM_RERANK_MODEL: goes with ATTUNE_LLM_URL/],
    [{ ATTUNE_LLM_KEY: 'secret-key' }, /ATTUNE_LLM_KEY: goes with ATTUNE_LLM_URL/],
  ])('a server that is told of one it cannot have does not start: %j', async (env, message) => {
    const files = writeShop({ surfaces: { home: tinySurface('home') } });
    const started = startGateway({ ...files, env });
    await expect(started).rejects.toThrow(message);
    await expect(started).rejects.not.toThrow(/secret-key/);
  });
});

describe('the demo shop with a language model', () => {
  let llm: ScriptedLlm;
  let shop: Gateway;
  beforeAll(async () => {
    llm = await scripted();
    shop = await startGateway({ data: await demoFolder(), env: environmentOf(llm) });
    ends.push(() => shop.stop());
  });
  const search = (body: object): Promise<SlateAnswer> =>
    shop.expect('POST', '/v1/search', { query: 'lunch box', trace: true, limit: 20, ...body });

  it('has it order the search of a new visitor', async () => {
    await until('the model to have answered', async () => {
      const slate = await search({});
      return isMovedBy(slate, 'llm-listwise');
    });
    expect(llm.requests.length).toBeGreaterThan(0);
  });

  it('leaves the home page of somebody with a long history to the trained models, and says so in the trace', async () => {
    const before = llm.requests.length;
    const slate = await askOnce(shop, { userId: KNOWN });
    expect(slate.trace!.notes).toContainEqual({
      plugin: 'llm-listwise',
      code: 'LLM_GATED',
      detail: expect.stringMatching(/^the person has \d+ events/) as string,
    });
    expect([codesOf(slate), llm.requests.length - before]).toEqual([[], 0]);
  });
});

interface LocalModel {
  readonly file: string | undefined;
  readonly lacks: readonly string[];
}
const finder = join(__dirname, '..', '..', '..', 'tools', 'local-llm', 'local-model.cjs');
const { file, lacks } = (createRequire(__filename)(finder) as { localModel(): LocalModel }).localModel();

(lacks.length === 0 ? describe : describe.skip)(
  `the demo shop with a local model (${lacks.length === 0 ? 'SmolLM2 is there' : `needs ${lacks.join(' and ')}`})`,
  () => {
    it('has it weigh the search of a new visitor, and the other steps are for services', async () => {
      const shop = await startGateway({ data: await demoFolder(), env: { ATTUNE_LLM_FILE: file! } });
      ends.push(() => shop.stop());
      const asked = { query: 'lunch box', trace: true, limit: 20 };
      let slate: SlateAnswer | undefined;
      await until('the model to have weighed the titles', async () => {
        slate = await shop.expect<SlateAnswer>('POST', '/v1/search', asked);
        return isMovedBy(slate, 'llm-likelihood');
      });
      expect(slate!.trace!.notes.map(({ code }) => code)).toContain('LLM_CACHED');
      expect(slate!.trace!.stages.flatMap(({ plugins }) => plugins.map(({ plugin }) => plugin))).not.toContain(
        'llm-listwise',
      );
    });
  },
);
