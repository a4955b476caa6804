import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEncoders } from '../platform/encoders.js';
import { pipelineText } from '../testing/pipelines.js';
import { scratchFolder } from '../testing/scratch-stores.js';
import { INSTALLATION } from './environment.schema.js';
import { loadConfig, loadSurfaces, modelFolder } from './load-config.js';
import { loadPlugins } from './load-plugins.js';
import type { PipelineSource } from '@attune/engine';
import { proveTraining } from './prove-training.js';
import { requireFilters } from './required-filters.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await scratchFolder()));
afterEach(() => remove());

const write = (text: string, name = 'attune.config.yaml'): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
/** The lines of what is thrown. */
const lines = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return [];
};

describe('the configuration that comes with Attune', () => {
  it('holds, with every surface and trainer in it', async () => {
    const loaded = loadConfig(undefined);
    expect(loaded.file).toBe(join(INSTALLATION, 'config', 'attune.config.yaml'));
    const surfaces = loadSurfaces(loaded.surfaces);
    expect(surfaces.map(({ spec }) => spec.surface)).toEqual(['cart', 'email', 'home', 'item', 'search']);
    expect(() => requireFilters(surfaces)).not.toThrow();
    const registry = await loadPlugins(loaded);
    expect(() => proveTraining(loaded, registry, surfaces)).not.toThrow();
  });
});

describe('loadConfig', () => {
  it('names file and line of each unknown or wrong member, all of them at once', () => {
    const file = write('plugins: []\npluginz:\n  - x\ntrain:\n  - use: ease\n    everyHour: 1\n    everyHours: -2\n');
    expect(lines(() => loadConfig(file)).sort()).toEqual([
      expect.stringMatching(`^${file}:2: unknown member 'pluginz': mend it as docs`),
      expect.stringMatching(`^${file}:6: train\\.0: unknown member 'everyHour': `),
      expect.stringMatching(`^${file}:7: train\\.0\\.everyHours: .+: mend`),
    ]);
  });

  it('says what is wrong inside an entry that may be a name or an object', () => {
    const file = write('plugins:\n  - good\n  - use: mine\n    inproces: true\n');
    expect(lines(() => loadConfig(file))).toEqual([
      expect.stringContaining(`${file}:4: plugins.1: unknown member 'inproces': `),
    ]);
    expect(lines(() => loadConfig(write('plugins:\n  - 7\n')))).toEqual([
      expect.stringContaining(`${file}:2: plugins.0: `),
    ]);
  });

  it('refuses two embedders or trainers of one name', () => {
    const embedder = '  - { id: text, model: m, languages: [en] }\n';
    const file = write(`embedders:\n${embedder}${embedder}train:\n  - use: ease\n  - use: ease\n`);
    expect(lines(() => loadConfig(file))).toEqual([
      expect.stringContaining(`${file}:3: embedders.1.id: 'text' is here twice: drop or rename one`),
      expect.stringContaining(`${file}:6: train.1.use: 'ease' is here twice`),
    ]);
  });

  it('refuses a second embedder that would read nothing', () => {
    const file = write('embedders:\n  - { id: text, model: m }\n  - { id: more, model: m }\n');
    expect(lines(() => loadConfig(file))).toEqual([
      expect.stringContaining(`${file}:3: embedders.1.languages: only the first embedder may leave this out`),
    ]);
  });

  it.each([
    ['a file that is not there', undefined, /gone\.yaml:1: .*ENOENT.*: check the path/],
    ['broken YAML', 'train: [ { use: ease }\n', /:\d: .+: mend the YAML$/],
    ['a member twice', 'plugins: []\nplugins: []\n', /:2: .*unique.*: mend the YAML$/],
    [
      'an alias without end',
      `a: &a [x]\n${'bcdefghi'
        .split('')
        .map((c, i) => `${c}: &${c} [${`*${'abcdefgh'[i]},`.repeat(9)}]\n`)
        .join('')}`,
      /:1: .*alias.*: mend the YAML$/,
    ],
    ['a text', 'hello', /:1: .*object.*: mend it as/],
  ])('says in one line that it got %s', (_, text, message) => {
    const file = text === undefined ? join(folder, 'gone.yaml') : write(text);
    expect(lines(() => loadConfig(file))).toEqual([expect.stringMatching(message)]);
  });

  it('takes an empty file, and reads paths relative to the file', () => {
    const file = write('# nothing\n');
    expect(loadConfig(file)).toMatchObject({
      surfaces: join(folder, 'surfaces'),
      config: { embedders: [{ id: 'text' }] },
    });
    expect(modelFolder('../models/mine', file)).toBe(join(folder, '..', 'models', 'mine'));
    expect(modelFolder('/models/mine', file)).toBe('/models/mine');
    expect(modelFolder('all-MiniLM-L6-v2', file)).toBe(join(INSTALLATION, 'assets', 'models', 'all-MiniLM-L6-v2'));
  });

  it('finds the line of what an anchor stands for', () => {
    const file = write('x: 1\nplugins: &all\n  - one\ntrain: *all\n');
    expect(lines(() => loadConfig(file)).sort()).toEqual([
      expect.stringContaining(`${file}:1: unknown member 'x'`),
      expect.stringContaining(`${file}:3: train.0: `),
    ]);
  });

  it('names the embedder whose model folder is missing', async () => {
    const loaded = loadConfig(write('embedders:\n  - id: text\n    model: ./no-such-model\n'));
    const missing = join(folder, 'no-such-model');
    await expect(openEncoders(loaded, await loadPlugins(loaded))).rejects.toThrow(
      `${loaded.file}:3: the model of embedder 'text' cannot be opened: model folder ${missing}: cannot read attune.model.json`,
    );
  });

  it('refuses a version that names no model', () => {
    const none = write('embedders:\n  - id: text\n    model: mine\n    versions:\n      - { metric: dot }\n');
    expect(lines(() => loadConfig(none))).toEqual([expect.stringMatching(/:5: .*name either a model or a plugin/)]);
  });

  it('refuses a model in the index that makes no item factors, or whose space is taken', async () => {
    const embedder = 'embedders:\n  - { id: ials, model: mine }\n';
    const loaded = loadConfig(
      write(`${embedder}train:\n  - { use: ease, index: true }\n  - use: ials\n    index: true\n`),
    );
    const registry = await loadPlugins(loaded);
    expect(lines(() => proveTraining(loaded, registry, []))).toEqual([
      `${loaded.file}:4: the trainer 'ease' makes no item factors: drop index, or use one that does: ials, text-adapter`,
      `${loaded.file}:6: an embedder fills a space 'ials' already: give the embedder another id`,
    ]);
  });

  it('refuses a trainer that reads a space which no embedder fills', async () => {
    const loaded = loadConfig(
      write('embedders:\n  - { id: words, model: mine }\ntrain:\n  - use: text-adapter\n    index: true\n'),
    );
    const registry = await loadPlugins(loaded);
    expect(lines(() => proveTraining(loaded, registry, []))).toEqual([
      `${loaded.file}:4: the trainer 'text-adapter' reads the vectors of space 'text', which no embedder fills: add an embedder with id 'text', or drop the trainer`,
    ]);
  });

  it('refuses a trainer that learns from a surface which is not there', async () => {
    const loaded = loadConfig(write('train:\n  - use: lambdamart\n    surface: hmoe\n'));
    const registry = await loadPlugins(loaded);
    const home = { spec: { surface: 'home' } } as PipelineSource;
    expect(lines(() => proveTraining(loaded, registry, [home]))).toEqual([
      `${loaded.file}:3: the trainer 'lambdamart' learns from surface 'hmoe', which is not there: did you mean 'home'?`,
    ]);
  });

  it('names a trainer that does not exist, or its wrong option', async () => {
    const loaded = loadConfig(write('train:\n  - use: eas\n  - use: item-knn\n    config:\n      neighbors: 0\n'));
    const registry = await loadPlugins(loaded);
    expect(lines(() => proveTraining(loaded, registry, []))).toEqual([
      `${loaded.file}:2: no trainer 'eas': did you mean 'ease'?`,
      expect.stringContaining(`${loaded.file}:5: item-knn: option neighbors: `),
    ]);
  });
});

describe('loadSurfaces', () => {
  const surfaces = (files: Readonly<Record<string, string>>): string => {
    mkdirSync(join(folder, 'surfaces'));
    for (const [name, text] of Object.entries(files)) write(text, join('surfaces', name));
    return join(folder, 'surfaces');
  };

  it('reads .yaml and .yml in the order of their names, and nothing else', () => {
    const text = { 'b.yml': pipelineText('b'), 'a.yaml': pipelineText('a'), '.a.yaml.swp': '{', 'notes.txt': '{' };
    expect(loadSurfaces(surfaces({ ...text, '.c.yaml': '{' })).map(({ spec }) => spec.surface)).toEqual(['a', 'b']);
  });

  it('tells what is wrong in every file', () => {
    const at = surfaces({
      'a.yaml': 'surface: [',
      'b.yaml': pipelineText('b', { retrive: [] }),
      'c.yaml': pipelineText('c'),
    });
    const said = lines(() => loadSurfaces(at));
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/a\.yaml:\d: .*: mend the YAML$/);
    expect(said[1]).toMatch(/b\.yaml:\d+: unknown member 'retrive': /);
  });

  it('asks for a pipeline where the folder is empty or missing', () => {
    expect(lines(() => loadSurfaces(surfaces({})))).toEqual([
      expect.stringMatching(/no pipeline files: add a <surface>\.yaml$/),
    ]);
    expect(lines(() => loadSurfaces(join(folder, 'gone')))).toEqual([
      expect.stringMatching(/gone:1: .*ENOENT.*: point `surfaces` at/),
    ]);
  });

  it('requires the filters without which callers would be shown what they must not see', () => {
    const some =
      'surface: some\nretrieve:\n  - { use: popular }\nfilter:\n  - { use: seen }\nrank: { use: weighted }\n';
    const none = 'surface: none\nretrieve:\n  - { use: popular }\nrank: { use: weighted }\n';
    const at = surfaces({ 'all.yaml': pipelineText('all'), 'none.yaml': none, 'some.yaml': some });
    expect(lines(() => requireFilters(loadSurfaces(at)))).toEqual([
      `${at}/none.yaml:1: surface 'none' lacks the filter 'where': callers' filters and exclusions would be ignored: add { use: where } under filter`,
      expect.stringContaining(`none.yaml:1: surface 'none' lacks the filter 'availability'`),
      expect.stringContaining(`none.yaml:1: surface 'none' lacks the filter 'seen'`),
      expect.stringContaining(`some.yaml:4: surface 'some' lacks the filter 'where'`),
      expect.stringContaining(`some.yaml:4: surface 'some' lacks the filter 'availability'`),
    ]);
  });
});
