import { PipelineError, pipelineSchema, type Engine, type PipelineSource } from '@attune/engine';
import type { Change } from '@attune/sdk';
import { foreignArtifact } from '@attune/plugins';
import { builtIns } from '../testing/built-ins.js';
import { engineOn } from '../testing/open-engine.js';
import { pipelineText } from '../testing/pipelines.js';
import { openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { swapIn } from './swap-in.js';

const registry = builtIns();
const NAME = foreignArtifact('scorer', 'mine');
/** No graph can be opened here: the step stands while there is no model, and falls with any. */
const home: PipelineSource = {
  spec: pipelineSchema.parse(
    JSON.parse(
      pipelineText('home', {
        retrieve: [{ use: 'popular' }],
        score: [{ use: 'onnx', config: { model: 'mine' } }],
        rank: { use: 'weighted', config: { onnx: 1 } },
      }),
    ),
  ),
  locate: () => ({ file: 'home.yaml', line: 1 }),
};

let scratch: ScratchStores;
let engine: Engine;
let told: Change[];
beforeEach(async () => {
  scratch = await openScratchStores();
  engine = engineOn(scratch.stores, registry);
  await engine.load([home]);
  told = [];
});
afterEach(async () => {
  await engine.close();
  await scratch.close();
});

const put = (weight: number): Promise<string> =>
  scratch.stores.artifacts.put(NAME, {
    meta: { declaration: { kind: 'scorer', inputs: {}, score: { output: 's' } }, inputs: [], dims: 0 },
    arrays: { graph: Uint8Array.of(weight) },
    ids: {},
  });
const swap = (digest: string, used: Pick<Engine, 'reload'> = engine): Promise<void> => {
  const changes = { ...scratch.stores.changes, publish: async (change: Change) => void told.push(change) };
  return swapIn(NAME, digest, { stores: { artifacts: scratch.stores.artifacts, changes }, engine: used });
};

describe('swapIn', () => {
  it('takes back a first model that no pipeline can use: engines go on, and the next one starts', async () => {
    await expect(swap(await put(1))).rejects.toThrow(PipelineError);
    expect(await scratch.stores.artifacts.promoted(NAME)).toBeUndefined();
    expect(told).toEqual([]);
    expect([...engine.models]).toEqual([[NAME, 'missing']]);
    const next = engineOn(scratch.stores, registry);
    await next.load([home]);
    expect(next.surfaces).toEqual(['home']);
    await next.close();
  });

  it('goes back to the one before, and tells others of one that is used only', async () => {
    const fits: Pick<Engine, 'reload'> = { reload: () => Promise.resolve() };
    const first = await put(1);
    await swap(first, fits);
    expect(told).toEqual([{ kind: 'model', name: NAME }]);
    await expect(swap(await put(2))).rejects.toThrow(PipelineError);
    expect(await scratch.stores.artifacts.promoted(NAME)).toBe(first);
    expect(told).toHaveLength(1);
  });
});
