import type { Command } from 'commander';
import { createProgram } from './program.js';

const said = { text: '' };
const stream = { write: (text: string) => ((said.text += text), true), isTTY: false, columns: 80 };
const surroundings = {
  stdout: stream,
  stderr: stream,
  variables: {},
  signal: new AbortController().signal,
  exit: () => undefined,
};

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

describe('the command line', () => {
  const commands = leaves(createProgram(surroundings as unknown as Parameters<typeof createProgram>[0]));

  it.each(commands.map((command) => [command.name(), command] as const))(
    '%s has a help with examples and --json',
    async (_, command) => {
      said.text = '';
      await expect(command.parseAsync(['--help'], { from: 'user' })).rejects.toMatchObject({ exitCode: 0 });
      expect(said.text).toContain(`Examples:\n  attune `);
      expect(said.text).toMatch(/--json/);
      expect(said.text).toMatch(/--url[^]*--key[^]*--data-dir/);
    },
  );

  it('has the commands that the guides name', () => {
    expect(commands.map((command) => command.name()).sort()).toEqual([
      'cancel',
      'chat',
      'compare',
      'describe',
      'diff',
      'doctor',
      'embed',
      'enrich',
      'erase',
      'evaluate',
      'evaluate',
      'export',
      'export',
      'import',
      'import',
      'list',
      'list',
      'recommend',
      'replay',
      'retry',
      'search',
      'show',
      'train',
      'use',
      'why',
    ]);
  });

  it.each([
    ['recomend'],
    ['recommend', '--limit', '0'],
    ['recommend', '--filter', '{'],
    ['import', 'things', 'x'],
    ['plugin', 'diff', 'x', '--weight', 'heavy'],
  ])('refuses %s %s', async (...args) => {
    const program = createProgram(surroundings as unknown as Parameters<typeof createProgram>[0]);
    await expect(program.parseAsync(args, { from: 'user' })).rejects.toMatchObject({ exitCode: 1 });
    expect(said.text).toContain('--help');
  });
});
