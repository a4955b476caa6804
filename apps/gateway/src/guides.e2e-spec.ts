import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { idsOf } from './testing/answers.js';
import { runToTheEnd } from './testing/gateway.process.js';
import { scratchFolder, textOf, writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';
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

/** Configuration of a shop whose only scorer is the guide's, loaded as `use`. */
function shopFiles(folder: string, use: string | { readonly use: string }): { readonly config: string } {
  const home = {
    surface: 'home',
    retrieve: [{ use: 'popular', limit: 10 }],
    filter: ['where', 'availability', 'seen'].map((filter) => ({ use: filter })),
    score: [{ use: 'cheap-first', hardMs: 100 }],
    rank: { use: 'weighted', config: { 'cheap-first': { weight: 0.2, scale: 'none' } } },
  };
  write(join(folder, 'surfaces', 'home.yaml'), textOf(home));
  const config = textOf({ plugins: [use], train: [], surfaces: './surfaces' });
  return { config: write(join(folder, 'attune.config.yaml'), config) };
}

/** That shop with three mugs. */
async function shopWith(folder: string, use: string): Promise<Gateway> {
  const { config } = shopFiles(folder, use);
  const gateway = await startGateway({ data: join(folder, 'data'), config });
  const items = [9, 1, 3].map((amount) => ({ id: `mug-${amount}`, title: 'Mug', price: { amount, currency: 'EUR' } }));
  await gateway.expect('POST', '/v1/items', { items });
  const events = items.map(({ id }) => ({ id: `e-${id}`, type: 'purchase', userId: 'somebody', itemId: id }));
  await gateway.expect('POST', '/v1/events', { events });
  return gateway;
}

async function prices(gateway: Gateway): Promise<readonly unknown[]> {
  const { items } = await gateway.slate({ surface: 'home', explain: true });
  return items.map(({ id, contributions }) => [id, contributions?.['cheap-first']]);
}

/** What the compiler says of a file, strictly; throws where it says anything. */
function compile(file: string, ...more: readonly string[]): string {
  const options = ['--strict', '--skipLibCheck', '--module', 'nodenext', ...more];
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  return execFileSync(process.execPath, [tsc, ...options, file], { cwd: dirname(file), encoding: 'utf8' });
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
    const file = write(join(outsideProject(), 'cheap-first.cjs'), plugin);
    const run = (): string => compile(file, ...CHECK_ONLY);
    expect(run()).toBe('');
    write(file, plugin.replace("needs: ['items'], ", '').replace("needs: ['items'],", ''));
    expect(run).toThrow();
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

  const PRICES = [
    ['mug-1', expect.closeTo(0.2 / 2, 6)],
    ['mug-3', expect.closeTo(0.2 / 4, 6)],
    ['mug-9', expect.closeTo(0.2 / 10, 6)],
  ];

  it.each([
    ['as a file beside the configuration', 'cheap-first.cjs', './cheap-first.cjs'],
    ['as a package by its name', 'node_modules/attune-cheap-first/cheap-first.cjs', 'attune-cheap-first'],
  ])('has a scorer that serves, %s', async (_, file, use) => {
    const folder = outsideProject();
    write(join(folder, file), plugin);
    write(join(folder, 'node_modules/attune-cheap-first/package.json'), packageJson);
    const gateway = await shopWith(folder, use);
    expect(await prices(gateway)).toEqual(PRICES);
    await gateway.stop();
  });

  it.each<[string, object]>([
    ['ES modules', { type: 'module', exports: { '.': { types: './dist/index.d.ts', import: './dist/index.js' } } }],
    ['CommonJS', { main: './dist/index.js', types: './dist/index.d.ts' }],
  ])('has a scorer that serves as a package compiled from TypeScript to %s', async (_, entries) => {
    const folder = outsideProject();
    const home = join(folder, 'node_modules', 'attune-cheap-first');
    write(join(home, 'package.json'), textOf({ ...(JSON.parse(packageJson) as object), main: undefined, ...entries }));
    const source = plugin
      .replace(/const (\{.*\}) = require\((.*)\);/, 'import $1 from $2;')
      .replace('exports.cheapFirstScorer =', 'export const cheapFirstScorer =');
    compile(write(join(home, 'src', 'index.ts'), source), '--declaration', '--outDir', '../dist', '--rootDir', '.');
    const gateway = await shopWith(folder, 'attune-cheap-first');
    expect(await prices(gateway)).toEqual(PRICES);
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
      /home\.yaml:\d+: cheap-first could not be set up: no licence for this shop/,
    ],
  ])('says at the start, in one line, of a package with %s what the guide says', async (_, text, entries, said) => {
    const folder = outsideProject();
    const home = join(folder, 'node_modules', 'attune-cheap-first');
    write(join(home, 'cheap-first.cjs'), text);
    if (entries !== undefined)
      write(join(home, 'package.json'), textOf({ ...(JSON.parse(packageJson) as object), ...entries }));
    for (const use of ['attune-cheap-first', { use: 'attune-cheap-first', inProcess: true }]) {
      const { config } = shopFiles(folder, use);
      const { code, stderr } = await runToTheEnd({ data: join(folder, 'data'), config });
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
