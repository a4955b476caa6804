import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findImportCycle } from './import-cycle.js';
import { projectFolders, sourceFiles, workspaceRoot } from './source-files.js';

describe('findImportCycle', () => {
  it('names the files of a cycle, through re-exports and type imports, and not the way to it', () => {
    const sources = new Map([
      ['src/index.ts', "export { a } from './a.js';"],
      ['src/a.ts', "import { b } from './deep/b.js'; export const a = b;"],
      ['src/deep/b.ts', "export { c as b } from '../c.js';"],
      ['src/c.ts', "import type { a } from './a.js'; export const c = 1 as unknown as typeof a;"],
    ]);
    expect(findImportCycle(sources)).toEqual(['src/a.ts', 'src/deep/b.ts', 'src/c.ts', 'src/a.ts']);
  });

  it('finds nothing in a diamond', () => {
    const sources = new Map([
      ['a.ts', "import './b.js'; import './c.js';"],
      ['b.ts', "import './d.js';"],
      ['c.ts', "import './d.js'; import 'node:fs';"],
      ['d.ts', ''],
    ]);
    expect(findImportCycle(sources)).toBeUndefined();
  });
});

describe('import cycles', () => {
  it.each(projectFolders())('%s has none', (project) => {
    const sources = new Map(
      sourceFiles(project).map((file) => [file, readFileSync(join(workspaceRoot, file), 'utf8')]),
    );
    expect(findImportCycle(sources)).toBeUndefined();
  });
});
