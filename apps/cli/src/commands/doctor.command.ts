import type { Command } from 'commander';
import type { Check } from '@attune/server';
import { checkFiles } from '../doctor/check-files.js';
import { checkServed } from '../doctor/check-served.js';
import { checkLines } from '../doctor/check.view.js';
import { EXIT } from '../exit-code.js';
import { addCommand, run, type CommonOptions, type Surroundings } from './command.js';

export function addDoctor(program: Command, surroundings: Surroundings): void {
  addCommand(program, {
    usage: 'doctor',
    summary: 'What is wrong, and the command or line that mends it; exit code 1 where there is a problem.',
    examples: ['doctor', 'doctor --data-dir /var/lib/attune', 'doctor --url https://attune.example --json'],
  }).action((options: CommonOptions) =>
    run(options, surroundings, async (running) => {
      const asked = { ...options, ...running };
      // A server elsewhere has its own files.
      const files = options.url === undefined ? await checkFiles(asked) : [];
      const checks: readonly Check[] = [...files, ...(await checkServed(asked, files))];
      running.output.lines(...checkLines(checks, running.output));
      running.output.document({ checks });
      return checks.some(({ status }) => status === 'problem') ? EXIT.failed : EXIT.ok;
    }),
  );
}
