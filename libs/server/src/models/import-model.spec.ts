import { pipelineSchema, type Engine } from '@attune/engine';
import { foreignArtifact } from '@attune/plugins';
import { AttuneError, type GraphPort, type TenantStores } from '@attune/sdk';
import { putModel } from '../http/operations/models.operations.js';
import { SpaceVersions } from '../spaces/space-versions.js';
import { builtIns } from '../testing/built-ins.js';
import { engineOn } from '../testing/open-engine.js';
import { pipelineText } from '../testing/pipelines.js';
import { openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { importModel } from './import-model.js';
import { modelImportSchema } from './model-import.schema.js';

const given = modelImportSchema.parse(putModel.example);
const ARTIFACT = foreignArtifact('scorer', 'mine');
/** The model runs where it is checked; the engine of these tests can open none. */
const graphs: GraphPort = {
  open: async () => ({
    run: async (feeds) => {
      const price = feeds['price'];
      return { score: new Float32Array(price !== undefined && 'shape' in price ? price.shape[0]! : 1) };
    },
    close: () => Promise.resolve(),
  }),
};

let scratch: ScratchStores;
let engine: Engine;
beforeEach(async () => {
  scratch = await openScratchStores();
  engine = engineOn(scratch.stores, builtIns());
});
afterEach(async () => {
  await engine.close();
  await scratch.close();
});

const use = async (): Promise<void> => {
  const text = pipelineText('home', {
    retrieve: [{ use: 'popular' }],
    score: [{ use: 'onnx', config: { model: 'mine' } }],
    rank: { use: 'weighted', config: { onnx: 1 } },
  });
  await engine.load([{ spec: pipelineSchema.parse(JSON.parse(text)), locate: () => ({ file: 'home.yaml', line: 1 }) }]);
};
const importing = (artifacts: TenantStores['artifacts'] = scratch.stores.artifacts) => {
  const spaces = new SpaceVersions([], artifacts);
  return importModel('mine', given, { stores: { ...scratch.stores, artifacts }, engine, spaces, graphs });
};

describe('importModel', () => {
  it('stores a model and promotes it', async () => {
    const { digest, inputs } = await importing();
    expect(inputs).toEqual(['price']);
    expect(await scratch.stores.artifacts.promoted(ARTIFACT)).toBe(digest);
  });

  it('refuses a model that a pipeline cannot use, and leaves none promoted where there was none', async () => {
    await use();
    await expect(importing()).rejects.toMatchObject({
      code: 'MODEL_UNUSABLE',
      detail: expect.stringMatching(/^a pipeline cannot use it: .*no graph can be run here/),
    });
    expect(await scratch.stores.artifacts.promoted(ARTIFACT)).toBeUndefined();
  });

  it('does not blame the model for a store that cannot be written', async () => {
    const { artifacts } = scratch.stores;
    const full: TenantStores['artifacts'] = {
      put: (name, draft) => artifacts.put(name, draft),
      promote: () => Promise.reject(new AttuneError('NOT_DURABLE', 'no space')),
      promoted: (name) => artifacts.promoted(name),
      open: (name, digest) => artifacts.open(name, digest),
      list: (name) => artifacts.list(name),
    };
    await expect(importing(full)).rejects.toMatchObject({ code: 'NOT_DURABLE' });
  });
});
