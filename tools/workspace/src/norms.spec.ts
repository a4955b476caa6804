import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isSpec, projectFolders, sourceFiles, workspaceRoot } from './source-files.js';

const FORBIDDEN_NAME = /(^|[-.])(utils?|helpers?|common|misc)([-.]|$)/;
const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.ts$/;
const lineCount = (file: string) => readFileSync(join(workspaceRoot, file), 'utf8').trimEnd().split('\n').length;

describe.each(projectFolders())('%s', (project) => {
  const files = sourceFiles(project);

  it('has no file over 300 lines', () => {
    expect(files.map((file) => ({ file, lines: lineCount(file) })).filter(({ lines }) => lines > 300)).toEqual([]);
  });

  it('names files and folders in kebab-case after what they hold', () => {
    const parts = (file: string) => file.replace(/\.ts$/, '').split('/').slice(3);
    expect(files.filter((file) => parts(file).some((part) => FORBIDDEN_NAME.test(part)))).toEqual([]);
    expect(files.filter((file) => !FILE_NAME.test(basename(file)))).toEqual([]);
  });

  it('lists the names it exports, one package name for all', () => {
    const index = readFileSync(join(workspaceRoot, project, 'src/index.ts'), 'utf8');
    expect(index).not.toMatch(/export\s*\*/);
    const manifest = JSON.parse(readFileSync(join(workspaceRoot, project, 'package.json'), 'utf8')) as { name: string };
    expect(manifest.name).toBe(`@attune/${basename(project)}`);
  });
});

describe('built-in plugins', () => {
  it('are under 100 lines each', () => {
    const plugins = sourceFiles('libs/plugins').filter((file) => file.split('/').length > 4 && !isSpec(file));
    expect(plugins.map((file) => ({ file, lines: lineCount(file) })).filter(({ lines }) => lines >= 100)).toEqual([]);
  });
});

describe('forbidden names', () => {
  it.each(['utils', 'string-utils', 'helper.test', 'common'])('%s is one', (name) => {
    expect(name).toMatch(FORBIDDEN_NAME);
  });
  it.each(['commonness', 'uncommon-items', 'utilisation'])('%s is none', (name) => {
    expect(name).not.toMatch(FORBIDDEN_NAME);
  });
});
