import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const BUILT = join(__dirname, '..', '..', 'dist', 'isolate', 'find-plugin.js');
const LISTED = join(__dirname, '..', 'fixtures', 'listed.cjs');

/** What the built module prints in a Node of its own: `import()` of this runner is not Node's. */
const print = (expression: string): string =>
  execFileSync(process.execPath, [
    '-e',
    `const { findPlugin, pluginsOf } = require(${JSON.stringify(BUILT)});
     (${expression}).then(console.log, (error) => console.log(error.message));`,
  ])
    .toString()
    .trim();

describe('plugins of a module', () => {
  it('are found in an exported list, each once', () => {
    expect(print(`pluginsOf(${JSON.stringify(LISTED)}).then((all) => all.map(({ id }) => id).join())`)).toBe(
      'first,second',
    );
  });

  it('name module, kind and id where there is none', () => {
    expect(print(`findPlugin(${JSON.stringify(LISTED)}, 'ranker', 'first')`)).toMatch(
      /listed\.cjs exports no ranker 'first'/,
    );
  });

  it('name a module that cannot be loaded', () => {
    expect(print(`pluginsOf('/nowhere.cjs')`)).toMatch(/nowhere\.cjs cannot be loaded/);
  });
});
