import { join, sep } from 'node:path';
import { NO_PAIR_SCORERS, PairScorers } from './pair-scorers.js';

describe('PairScorers', () => {
  it('names the folder that is missing, beside the configuration or bundled, and the fix', async () => {
    const scorers = new PairScorers(join(sep, 'shop', 'attune.config.yaml'));
    for (const [model, folder] of [
      ['./models/reranker', join(sep, 'shop', 'models', 'reranker')],
      [join(sep, 'elsewhere', 'reranker'), join(sep, 'elsewhere', 'reranker')],
      ['no-such-model', join('assets', 'models', 'no-such-model')],
    ] as const) {
      const refusal = ((await scorers.open(model).catch((error: unknown) => error)) as Error).message;
      expect(refusal).toContain(`${folder}: cannot read config.json (ENOENT); copy it there, or correct the path`);
    }
    await scorers.close();
  });

  it('opens nothing where there is no configuration', async () => {
    await expect(NO_PAIR_SCORERS.open('any')).rejects.toThrow("model 'any': no cross-encoder can be opened here");
  });
});
