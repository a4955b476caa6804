import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { mappingSchema } from './import/mapping.schema.js';
import { FIELDS } from './import/target.js';
import { createProgram } from './program.js';
import { allCommands, commandsOf } from './testing/guides.js';

const quiet = { write: () => true, isTTY: false, columns: 80 };
const surroundings = {
  ...{ stdout: quiet, stderr: quiet, variables: {} },
  ...{ signal: new AbortController().signal, exit: () => undefined },
} as unknown as Parameters<typeof createProgram>[0];

const leaves = (command: Command): readonly Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
const nameOf = (command: Command): string =>
  command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
const guide = (name: string): string => readFileSync(join(__dirname, '../../../docs/guides', name), 'utf8');

/** The command line with its words understood and nothing done; `called` is told which command it would be. */
function parser(called: (name: string) => void): Command {
  const program = createProgram(surroundings);
  for (const leaf of leaves(program)) leaf.action(() => called(nameOf(leaf)));
  return program;
}

describe('the guides', () => {
  it('show commands that are understood as they stand', async () => {
    const shown = allCommands().filter(({ args }) => args[0] !== '--help');
    expect(shown.length).toBeGreaterThan(20);
    for (const { args } of shown) {
      let called = '';
      await parser((name) => (called = name)).parseAsync(args, { from: 'user' });
      expect(args.join(' ')).toMatch(new RegExp(`^${called.split(' ')[0]!}`));
    }
  });

  it('show every command', async () => {
    const called = new Set<string>();
    for (const { args } of commandsOf('command-line.md'))
      if (args[0] !== '--help') await parser((name) => called.add(name)).parseAsync(args, { from: 'user' });
    const all = leaves(createProgram(surroundings)).map(nameOf);
    const text = guide('command-line.md');
    expect(all.filter((name) => !called.has(name) && !text.includes(`\`attune ${name}`))).toEqual([]);
  });

  it('name every option of a command that makes slates', () => {
    const recommend = createProgram(surroundings).commands.find((command) => command.name() === 'recommend')!;
    const text = guide('command-line.md');
    expect(recommend.options.map(({ long }) => long!).filter((long) => !text.includes(`${long}`))).toEqual([]);
  });

  it('name every field and every member of a mapping', () => {
    const text = guide('import.md');
    const fields = Object.values(FIELDS).flatMap((target) => Object.keys(target));
    const members = [...Object.keys(mappingSchema.shape), 'column', 'value', 'template', 'as', 'split', 'decimal'];
    const missing = [...fields, ...members, 'map', 'default', 'cut', 'by', 'columns']
      .map((name) => name.replace('*', '<name>'))
      .filter((name) => !new RegExp(`[\`{ ]${name.replaceAll('.', '\\.')}[\`,} ]`).test(text));
    expect(missing).toEqual([]);
  });

  it('show the mappings that lie beside them', () => {
    for (const name of ['amazon-reviews', 'shopify-products']) {
      const lines = guide(`examples/${name}.mapping.yaml`).split('\n');
      const mapping = lines.filter((line) => !line.startsWith('#')).join('\n');
      expect(guide('import.md')).toContain(mapping);
    }
  });
});
