import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** The workspace root. */
export const workspaceRoot = resolve(__dirname, '../../..');

const PARENTS = ['libs', 'apps'] as const;

/** Folders of all libraries and apps, relative to the root, such as `libs/sdk`. */
export function projectFolders(): string[] {
  return PARENTS.flatMap((parent) =>
    readdirSync(join(workspaceRoot, parent))
      .map((name) => `${parent}/${name}`)
      .filter((folder) => existsSync(join(workspaceRoot, folder, 'package.json'))),
  );
}

/** TypeScript files under a project's `src`, relative to the root with forward slashes; empty when it has none. */
export function sourceFiles(project: string): string[] {
  const source = join(workspaceRoot, project, 'src');
  if (!existsSync(source)) return [];
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(workspaceRoot, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** Whether a file holds tests. */
export function isSpec(file: string): boolean {
  return /\.(e2e-)?spec\.ts$/.test(file);
}
