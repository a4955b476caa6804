import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const GUIDES = join(__dirname, '../../../../docs/guides');

/** A command as a guide shows it. */
export interface ShownCommand {
  readonly guide: string;
  /** Without `attune`. */
  readonly args: readonly string[];
  /** What the guide says it prints, where it says so. */
  readonly output: string | undefined;
}

const COMMAND = /^(?:node bin\/attune\.mjs|npx attune|attune) (.+?)(?: > \S+)?$/;

/** The commands in the `sh` blocks of a guide. */
export function commandsOf(guide: string): readonly ShownCommand[] {
  const text = readFileSync(join(GUIDES, guide), 'utf8');
  return [...text.matchAll(/```sh\n([^]*?)```(?:\n\n```\n([^]*?)```)?/g)].flatMap(([, block = '', output]) =>
    block.split('\n').flatMap((line) => {
      const shown = COMMAND.exec(line)?.[1];
      return shown === undefined ? [] : [{ guide, args: wordsOf(shown), output }];
    }),
  );
}

/** The commands of all guides. */
export const allCommands = (): readonly ShownCommand[] =>
  readdirSync(GUIDES)
    .filter((name) => name.endsWith('.md'))
    .flatMap(commandsOf);

/** Words as a shell splits them; quotes keep spaces together. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) => single ?? double ?? plain!);
