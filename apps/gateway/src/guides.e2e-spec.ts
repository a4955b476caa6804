import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startScriptedLlm, WORD_DIMS } from '@attune/testkit';
import { idsOf, type SlateAnswer } from './testing/answers.js';
import { runToTheEnd } from './testing/gateway.process.js';
import { scratchFolder, textOf, writeShop } from './testing/scratch.js';
import { startGateway } from './testing/start-gateway.js';
import { TINY_ITEMS, tinySurface } from './testing/tiny-shop.js';

const ROOT = join(__dirname, '..', '..', '..');
const guide = (name: string): string => readFileSync(join(ROOT, 'docs', 'guides', name), 'utf8');
const GUIDE = guide('write-a-scorer.md');

/** Code blocks of a guide in a language, in order. */
const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code]) => code!);
const [plugin = '', spec = ''] = blocks(GUIDE, 'js');
const [packageJson = ''] = blocks(GUIDE, 'json');

/** A project of somebody else's, outside this repository, that has installed the SDK and the test kit. */
function outsideProject(): string {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'node_modules', '@attune'), { recursive: true });
  for (const name of ['sdk', 'testkit'])
    symlinkSync(join(ROOT, 'libs', name), join(folder, 'node_modules', '@attune', name));
  return folder;
}

function write(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** A surface whose only scorer is this one. */
const scoredBy = (surface: string, scorer: string): object => ({
  surface,
  retrieve: [{ use: 'popular', limit: 10 }],
  filter: ['where', 'availability', 'seen'].map((filter) => ({ use: filter })),
  score: [{ use: scorer, hardMs: 100 }],
  rank: { use: 'weighted', config: { [scorer]: { weight: 0.2, scale: 'none' } } },
});

type Use = string | { readonly use: string; readonly inProcess: boolean };

/** A shop that loads these plugins, with a surface for each of these scorers, named like it. */
function shopFiles(folder: string, plugins: readonly Use[], scorers: readonly string[]) {
  for (const scorer of scorers) write(join(folder, 'surfaces', `${scorer}.yaml`), textOf(scoredBy(scorer, scorer)));
  const config = textOf({ plugins, train: [], surfaces: './surfaces' });
  return { config: write(join(folder, 'attune.config.yaml'), config), data: join(folder, 'data') };
}

/** The lines that the compiler says of files in a folder, strictly. */
function compile(folder: string, files: readonly string[], ...more: readonly string[]): readonly string[] {
  const options = ['--strict', '--skipLibCheck', '--module', 'nodenext', ...more, ...files];
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...options], { cwd: folder, encoding: 'utf8' });
  // It ends well where it has nothing to say, and there only.
  expect([stdout, status === 0]).toEqual([stdout, stdout === '']);
  return stdout.split('\n').filter((line) => line !== '');
}
const CHECK_ONLY = ['--noEmit', '--allowJs', '--checkJs'];

/** What Node's own runner prints of a test file. */
const tested = (file: string): string =>
  execFileSync(process.execPath, ['--test', '--test-reporter=tap', file], { encoding: 'utf8' });

it('the guide "write a retriever" has a retriever that keeps its contract', () => {
  const folder = outsideProject();
  write(join(folder, 'looked-at.cjs'), blocks(guide('write-a-retriever.md'), 'js')[0]!);
  const own = spec.replaceAll('cheap-first', 'looked-at').replaceAll('cheapFirstScorer', 'lookedAtRetriever');
  expect(tested(write(join(folder, 'looked-at.spec.cjs'), own))).toMatch(/^# fail 0$/m);
});

describe('the guide "write a scorer"', () => {
  it('has code that fits the types of the SDK', () => {
    const folder = outsideProject();
    write(join(folder, 'cheap-first.cjs'), plugin);
    write(join(folder, 'needless.cjs'), plugin.replace("needs: ['items'], ", '').replace("needs: ['items'],", ''));
    const said = compile(folder, ['cheap-first.cjs', 'needless.cjs'], ...CHECK_ONLY);
    expect(new Set(said.filter((line) => !line.startsWith(' ')).map((line) => line.split('(')[0]))).toEqual(
      new Set(['needless.cjs']),
    );
  });

  it('has a test that prints as many passing checks as it says', () => {
    const folder = outsideProject();
    write(join(folder, 'cheap-first.cjs'), plugin);
    const file = write(join(folder, 'cheap-first.spec.cjs'), spec);
    const printed = tested(file);
    const [, checks] = /It prints (\d+) passing checks/.exec(GUIDE)!;
    expect(/^# pass (\d+)$/m.exec(printed)?.[1]).toBe(checks);
    expect(/^# fail (\d+)$/m.exec(printed)?.[1]).toBe('0');
  });

  it('has a scorer that serves: as a file, as a package, and compiled from TypeScript to either kind of module', async () => {
    const folder = outsideProject();
    const packages = join(folder, 'node_modules');
    const named = (text: string, id: string): string => text.replaceAll('cheap-first', id);
    const manifestOf = (id: string, entries: object): string =>
      textOf({ ...(JSON.parse(named(packageJson, id)) as object), ...entries });
    write(join(folder, 'cheap-first.cjs'), plugin);
    write(join(packages, 'attune-cheap-packed', 'cheap-packed.cjs'), named(plugin, 'cheap-packed'));
    write(join(packages, 'attune-cheap-packed', 'package.json'), named(packageJson, 'cheap-packed'));
    const source = plugin
      .replace(/const (\{.*\}) = require\((.*)\);/, 'import $1 from $2;')
      .replace('exports.cheapFirstScorer =', 'export const cheapFirstScorer =');
    const types = './index.d.ts';
    for (const [id, entries] of Object.entries({
      'cheap-module': { type: 'module', main: undefined, exports: { '.': { types, import: './index.js' } } },
      'cheap-common': { main: './index.js', types },
    })) {
      write(join(packages, `attune-${id}`, 'package.json'), manifestOf(id, entries));
      write(join(packages, `attune-${id}`, 'index.ts'), named(source, id));
    }
    const sources = ['cheap-module', 'cheap-common'].map((id) => join('node_modules', `attune-${id}`, 'index.ts'));
    expect(compile(folder, sources, '--declaration')).toEqual([]);

    const scorers = ['cheap-first', 'cheap-packed', 'cheap-module', 'cheap-common'];
    const [file, ...installed] = scorers;
    const plugins = [`./${file}.cjs`, ...installed.map((id) => `attune-${id}`)];
    const gateway = await startGateway(shopFiles(folder, plugins, scorers));
    const mugs = [9, 1, 3].map((amount) => ({ id: `mug-${amount}`, title: 'Mug', price: { amount, currency: 'EUR' } }));
    await gateway.expect('POST', '/v1/items', { items: mugs });
    await gateway.send(...mugs.map(({ id }) => ({ id: `e-${id}`, type: 'purchase', userId: 'u', itemId: id })));
    for (const surface of scorers) {
      const { items } = await gateway.slate({ surface, explain: true });
      expect([surface, items.map(({ id, contributions }) => [id, contributions?.[surface]])]).toEqual([
        surface,
        [1, 3, 9].map((price) => [`mug-${price}`, expect.closeTo(0.2 / (price + 1), 6) as number]),
      ]);
    }
    await gateway.stop();
  });

  it.each<[string, string, object | undefined, RegExp]>([
    ['a package that is not there', plugin, undefined, /'attune-cheap-first' is not installed: npm install attune-/],
    [
      'an entry that is not there',
      plugin,
      { main: './dist/x.js' },
      /cannot be found: .*x\.js.*: build it, or mend 'main'/,
    ],
    ['no plugin', 'exports.cheapFirst = 1;', {}, /'attune-cheap-first' exports no plugin: export what define\*/],
    [
      'another major of the SDK',
      `${plugin}\nconst made = exports.cheapFirstScorer;
       exports.cheapFirstScorer = { ...made, [Symbol.for('attune.plugin')]: { sdkMajor: 2 } };`,
      {},
      /was made for SDK 2, this server has 1: install a version made for @attune\/sdk 1/,
    ],
    [
      'a setup that throws',
      plugin.replace(/each: .*\n/, "setup: () => { throw new Error('no licence for this shop\\nat line 7'); },\n"),
      {},
      /cheap-first\.yaml:\d+: cheap-first could not be set up: no licence for this shop/,
    ],
  ])('says at the start, in one line, of a package with %s what the guide says', async (fault, text, entries, said) => {
    const folder = outsideProject();
    const home = join(folder, 'node_modules', 'attune-cheap-first');
    write(join(home, 'cheap-first.cjs'), text);
    if (entries !== undefined)
      write(join(home, 'package.json'), textOf({ ...(JSON.parse(packageJson) as object), ...entries }));
    const use = 'attune-cheap-first';
    // In a thread of its own, or in that of the server: one fault of loading and one of setting up for both.
    const inProcess = ['no plugin', 'a setup that throws'].includes(fault) ? [{ use, inProcess: true }] : [];
    for (const plugin of [use, ...inProcess]) {
      const { code, stderr } = await runToTheEnd(shopFiles(folder, [plugin], ['cheap-first']));
      expect([code, stderr.trim().split('\n')]).toEqual([1, [expect.stringMatching(said)]]);
    }
  });
});

describe('the guide "embedders"', () => {
  const text = guide('embedders.md');
  const near = tinySurface('search', {
    retrieve: [{ use: 'content-knn', hardMs: 2_000 }],
    rank: { use: 'weighted', hardMs: 2_000, config: { 'content-knn': { weight: 1, scale: 'none' } } },
  });

  it('has an embedder that keeps its contract, and that a shop searches with', async () => {
    const folder = outsideProject();
    const file = write(join(folder, 'letter-triples.cjs'), blocks(text, 'js')[0]!);
    const own = spec
      .replaceAll('cheap-first', 'letter-triples')
      .replaceAll('cheapFirstScorer', 'letterTriplesEmbedder');
    expect(tested(write(join(folder, 'letter-triples.spec.cjs'), own))).toMatch(/^# fail 0$/m);
    const embedders = [{ id: 'text', use: 'letter-triples' }];
    const shop = await startGateway(
      writeShop({ surfaces: { search: near }, config: { plugins: [file], embedders, train: [] } }),
    );
    await shop.putItems(TINY_ITEMS);
    expect(idsOf(await shop.slate({ surface: 'search', query: 'porcelane tee pot', limit: 1 }))).toEqual(['teapot']);
    await shop.stop();
  });

  it('has an embedder that asks a service, without which words are searched', async () => {
    const llm = await startScriptedLlm({ key: 'the-key' });
    const source = blocks(text, 'js')[1]!.replace('my-embedding-model', llm.model).replace('1536', String(WORD_DIMS));
    const file = write(join(outsideProject(), 'service-embedder.cjs'), source);
    const surfaces = {
      search: { ...near, retrieve: [{ use: 'lexical' }, { use: 'content-knn', hardMs: 2_000 }] },
    };
    const config = { plugins: [file], embedders: [{ id: 'text', use: 'service-embedder' }], train: [] };
    const env = { ATTUNE_LLM_URL: llm.url, ATTUNE_LLM_KEY: 'the-key', ATTUNE_LLM_MODEL: llm.model };
    const shop = await startGateway({ ...writeShop({ surfaces, config }), env });
    await shop.putItems(TINY_ITEMS);
    const found = await shop.slate({ surface: 'search', query: 'porcelain teapot', limit: 1 });
    expect([idsOf(found), found.degraded]).toEqual([['teapot'], []]);
    await llm.close();
    const without = await shop.call<SlateAnswer>('POST', '/v1/recommendations', {
      surface: 'search',
      query: 'reading lamp',
      limit: 1,
    });
    expect([idsOf(without.body), without.body.degraded.map(({ plugin }) => plugin)]).toEqual([
      ['lamp'],
      ['content-knn'],
    ]);
    await shop.stop();
  });

  it('has the file that makes a folder a model', async () => {
    const folder = scratchFolder();
    const bundled = join(ROOT, 'assets', 'models', 'all-MiniLM-L6-v2');
    mkdirSync(join(folder, 'onnx'));
    for (const file of ['tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'])
      symlinkSync(join(bundled, file), join(folder, file));
    write(join(folder, 'attune.model.json'), blocks(text, 'json')[0]!);
    const embedders = [{ id: 'text', model: folder }];
    const shop = await startGateway(writeShop({ surfaces: { search: near }, config: { embedders, train: [] } }));
    await shop.putItems(TINY_ITEMS);
    expect(idsOf(await shop.slate({ surface: 'search', query: 'something to read by', limit: 1 }))).toEqual(['lamp']);
    await shop.stop();
  });
});
