import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { CommandError, EXIT, UsageError } from '../exit-code.js';
import { followJob } from '../jobs/follow-job.js';
import { addCommand, runServed, type CommonOptions, type Surroundings } from './command.js';

/** What is kept about a user, as far as it is counted here. */
interface UserExport {
  readonly events: readonly unknown[];
  readonly slates?: readonly unknown[];
}

export function addUsers(program: Command, surroundings: Surroundings): void {
  addCommand(program, {
    usage: 'export <userId>',
    summary: 'Everything kept about a user, as one JSON document on stdout.',
    examples: ['export 12680 > 12680.json'],
  }).action((userId: string, options: CommonOptions) =>
    runServed(options, surroundings, async ({ client, output, signal }) => {
      const kept = await client.get<UserExport>(`${pathOf(userId)}/export`, { signal });
      output.lines(JSON.stringify(kept, null, 2));
      output.document(kept);
      output.note(`${kept.events.length} events and ${kept.slates?.length ?? 0} slates of ${userId}`);
    }),
  );
  addCommand(program, {
    usage: 'erase <userId>',
    summary: 'Forget a user: profile, events, slates, jobs. It cannot be undone.',
    examples: ['erase 12680', 'erase 12680 --yes --json > receipt.json'],
  })
    .option('--yes', 'do not ask')
    .action((userId: string, options: CommonOptions & { readonly yes?: boolean }) =>
      runServed(options, surroundings, async (running) => {
        const { client, output, signal } = running;
        if (options.yes !== true) await confirm(userId, signal);
        const { jobId } = await client.call<{ readonly jobId: string }>('DELETE', pathOf(userId), { signal });
        await followJob(jobId, `erasing ${userId}`, running);
        const receipt = await client.get<object>(`/v1/jobs/${encodeURIComponent(jobId)}/result`, { signal });
        output.lines(`Erased ${userId}:`, ...receiptLines(receipt));
        output.document(receipt);
        return EXIT.ok;
      }),
    );
}

async function confirm(userId: string, signal: AbortSignal): Promise<void> {
  if (process.stdin.isTTY !== true)
    throw new UsageError('erase asks before it erases, and there is no terminal to ask', 'Add --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Erase everything of user '${userId}', for good? Type the id to go on: `, {
      signal,
    });
    if (answer.trim() !== userId)
      throw new CommandError('nothing was erased', 'Type the id as it was given, or add --yes.');
  } finally {
    terminal.close();
  }
}

const receiptLines = (receipt: object): readonly string[] =>
  Object.entries(receipt).map(
    ([what, count]) => `  ${what}: ${typeof count === 'object' ? JSON.stringify(count) : String(count)}`,
  );

const pathOf = (userId: string): string => `/v1/users/${encodeURIComponent(userId)}`;
