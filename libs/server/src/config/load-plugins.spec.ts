import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { scratchFolder } from '../testing/scratch-stores.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await scratchFolder()));
afterEach(() => remove());

const SDK = JSON.stringify(
  createRequire(__filename)
    .resolve('@attune/sdk/package.json')
    .replace(/package\.json$/, 'dist/index.js'),
);
const scorer = (id: string): string =>
  `const { defineScorer } = require(${SDK});\n` +
  `exports.one = defineScorer({ id: '${id}', version: '1.0.0', each: () => 1 });\n`;
const put = (name: string, text: string): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};

/** In a process of its own, as built: a test's sandbox has no `import()`. */
const SCRIPT = `
  const { loadConfig } = require('./config/load-config.js');
  const { loadPlugins } = require('./config/load-plugins.js');
  const say = (value) => process.stdout.write(JSON.stringify(value));
  loadPlugins(loadConfig(process.argv[1])).then(
    (registry) => say({ isolated: registry.ids('scorer').map((id) => [id, registry.get('scorer', id).origin.isolated]) }),
    ({ message }) => say({ refused: message.split('\\n') }),
  );`;
const load = (...plugins: readonly unknown[]): { isolated?: [string, boolean][]; refused?: string[] } => {
  put('attune.config.yaml', `plugins:\n${plugins.map((one) => `  - ${JSON.stringify(one)}\n`).join('')}`);
  const cwd = join(__dirname, '..', '..', 'dist');
  const args = ['-e', SCRIPT, join(folder, 'attune.config.yaml')];
  const said = execFileSync(process.execPath, args, { cwd, encoding: 'utf8' });
  return JSON.parse(said.replaceAll(`${folder}/`, '')) as ReturnType<typeof load>;
};

describe('loadPlugins', () => {
  it('takes files and packages beside the configuration; they run in threads unless configuration says otherwise', () => {
    put('mine.cjs', scorer('mine'));
    put('node_modules/@shop/plugins/package.json', '{ "name": "@shop/plugins", "main": "x.js" }');
    put('node_modules/@shop/plugins/x.js', scorer('of-the-shop'));
    const isolated = new Map(load('./mine.cjs', { use: '@shop/plugins', inProcess: true }).isolated);
    expect(isolated.get('mine')).toBe(true);
    expect(isolated.get('of-the-shop')).toBe(false);
    expect(isolated.get('popularity')).toBe(false);
  });

  it('names line, cause and fix of every one that cannot be had', () => {
    put('empty.cjs', 'exports.version = 1;');
    put('broken.cjs', 'throw new Error("no licence\\n  at line 7");');
    put('node_modules/sealed/package.json', '{ "name": "sealed", "exports": { "./other": "./x.mjs" } }');
    put('node_modules/unbuilt/package.json', '{ "name": "unbuilt", "main": "./dist/index.js" }');
    expect(load('./gone.cjs', 'nobodys-plugin', './empty.cjs', './broken.cjs', 'sealed', 'unbuilt').refused).toEqual([
      expect.stringMatching(
        /^attune\.config\.yaml:2: plugin '\.\/gone\.cjs' cannot be loaded: .*gone\.cjs.*mend its path$/,
      ),
      "attune.config.yaml:3: plugin 'nobodys-plugin' is not installed: npm install nobodys-plugin",
      "attune.config.yaml:4: './empty.cjs' exports no plugin: export what define* returns",
      expect.stringMatching(/^attune\.config\.yaml:5: plugin '\.\/broken\.cjs' cannot be loaded: .*no licence: .*$/),
      expect.stringMatching(/^attune\.config\.yaml:6: plugin 'sealed' cannot be found: .*: build it, or mend 'main'/),
      expect.stringMatching(/^attune\.config\.yaml:7: plugin 'unbuilt' cannot be found: .*dist\/index\.js/),
    ]);
  });

  it('takes a package of ES modules, whose entry is for import alone, and what it exports as default', () => {
    const esm = (exported: string): string =>
      `import sdk from ${SDK};\nexport default sdk.defineScorer({ id: '${exported}', version: '1.0.0', each: () => 1 });\n`;
    put('node_modules/modern/package.json', '{ "name": "modern", "exports": { "import": "./x.mjs" } }');
    put('node_modules/modern/x.mjs', esm('modern'));
    const nested = { '.': { browser: './no.js', import: { types: './x.d.ts', default: './lib/x.js' } } };
    const manifest = { name: '@shop/nested', type: 'module', exports: nested };
    put('node_modules/@shop/nested/package.json', JSON.stringify(manifest));
    put('node_modules/@shop/nested/lib/x.js', esm('nested'));
    const isolated = new Map(load('modern', '@shop/nested').isolated);
    expect([isolated.get('modern'), isolated.get('nested')]).toEqual([true, true]);
  });

  it('refuses a plugin that was made for another major of the SDK', () => {
    const text = `${scorer('old')}exports.one = { ...exports.one };\n`;
    const old = text.replace('...exports.one', "...exports.one, [Symbol.for('attune.plugin')]: { sdkMajor: 99 }");
    put('old.cjs', old);
    expect(load('./old.cjs').refused).toEqual([
      expect.stringMatching(
        /yaml:2: .*scorer old .* was made for SDK 99, this server has \d+: install a version made for/,
      ),
    ]);
  });

  it('refuses two plugins of one kind and id, ours included', () => {
    put('a.cjs', scorer('same'));
    put('b.cjs', scorer('same'));
    put('c.cjs', scorer('popularity'));
    expect(load('./a.cjs', './b.cjs', './c.cjs').refused).toEqual([
      expect.stringMatching(/yaml:3: .*scorer same is registered twice \(.*a\.cjs and .*b\.cjs\): rename one$/),
      expect.stringMatching(/yaml:4: .*scorer popularity is registered twice/),
    ]);
  });
});
