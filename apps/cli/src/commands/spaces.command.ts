import type { Command } from 'commander';
import { jobResult } from '../jobs/follow-job.js';
import { comparisonLines, type VersionComparison } from '../spaces/comparison.view.js';
import { spaceTable, type Spaces } from '../spaces/spaces.view.js';
import { addCommand, runServed, wholeNumber, type CommonOptions, type Surroundings } from './command.js';

interface CompareOptions extends CommonOptions {
  readonly surface: string;
  readonly users: number;
}

/** A version's id begins with its space: `text@9f2c1d04a7be`. */
const spaceOf = (version: string): string => version.split('@', 1)[0]!;

export function addSpaces(program: Command, surroundings: Surroundings): void {
  const spaces = program
    .command('spaces')
    .description('Models of texts: the versions of each space; compare one, put it into use.');
  addCommand(spaces, {
    usage: 'list',
    summary: 'Versions of the spaces, and how far each is filled.',
    examples: ['spaces', 'spaces list --json'],
    isDefault: true,
  }).action((options: CommonOptions) =>
    runServed(options, surroundings, async ({ client, output, signal }) => {
      const answer = await client.get<Spaces>('/v1/spaces', { signal });
      output.lines(...spaceTable(answer, output.columns));
      output.document(answer);
    }),
  );
  addCommand(spaces, {
    usage: 'compare <version>',
    summary: 'What putting a version into use would change.',
    examples: ['spaces compare text@9f2c1d04a7be', 'spaces compare text@9f2c1d04a7be --surface item --users 500'],
  })
    .option('--surface <name>', 'surface whose slates are compared', 'home')
    .option('--users <n>', 'how many users to draw', wholeNumber(1, 1_000_000), 1_000)
    .action((version: string, options: CompareOptions) =>
      runServed(options, surroundings, async (running) => {
        const { surface, users } = options;
        const request = { type: 'compare', space: spaceOf(version), version, surface, users };
        const found = await jobResult<VersionComparison>(request, `comparing ${version}`, running);
        running.output.lines(...comparisonLines(found, running.output));
        running.output.document(found);
      }),
    );
  addCommand(spaces, {
    usage: 'use <version>',
    summary: 'Put a version into use, in every process; the one before stays filled.',
    examples: ['spaces use text@9f2c1d04a7be'],
  }).action((version: string, options: CommonOptions) =>
    runServed(options, surroundings, async ({ client, output, signal }) => {
      const path = `/v1/spaces/${encodeURIComponent(spaceOf(version))}`;
      const answer = await client.call<Spaces>('PUT', path, { body: { version }, signal });
      output.lines(...spaceTable(answer, output.columns));
      output.document(answer);
    }),
  );
}
