import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scratchFolder, textOf } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

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

/** A shop of three mugs whose only scorer is the guide's, loaded as `use`. */
async function shopWith(folder: string, use: string): Promise<Gateway> {
  const home = {
    surface: 'home',
    retrieve: [{ use: 'popular', limit: 10 }],
    filter: ['where', 'availability', 'seen'].map((filter) => ({ use: filter })),
    score: [{ use: 'cheap-first', isolate: false }],
    rank: { use: 'weighted', config: { 'cheap-first': { weight: 0.2, scale: 'none' } } },
  };
  write(join(folder, 'surfaces', 'home.yaml'), textOf(home));
  const config = write(
    join(folder, 'attune.config.yaml'),
    textOf({ plugins: [use], train: [], surfaces: './surfaces' }),
  );
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
function compile(file: string): string {
  const options = ['--noEmit', '--allowJs', '--checkJs', '--strict', '--skipLibCheck', '--module', 'nodenext'];
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  return execFileSync(process.execPath, [tsc, ...options, file], { cwd: dirname(file), encoding: 'utf8' });
}

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
    const run = (): string => compile(file);
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

  it.each([
    ['as a file beside the configuration', 'cheap-first.cjs', './cheap-first.cjs'],
    ['as a package by its name', 'node_modules/attune-cheap-first/cheap-first.cjs', 'attune-cheap-first'],
  ])('has a scorer that serves, %s', async (_, file, use) => {
    const folder = outsideProject();
    write(join(folder, file), plugin);
    write(join(folder, 'node_modules/attune-cheap-first/package.json'), packageJson);
    const gateway = await shopWith(folder, use);
    expect(await prices(gateway)).toEqual([
      ['mug-1', expect.closeTo(0.2 / 2, 6)],
      ['mug-3', expect.closeTo(0.2 / 4, 6)],
      ['mug-9', expect.closeTo(0.2 / 10, 6)],
    ]);
    await gateway.stop();
  });
});
