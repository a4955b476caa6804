import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { ChatAnswer } from '@attune/server';
import type { ApiClient } from '../connection/api.client.js';
import { chatLines } from '../slates/chat.view.js';
import { addCommand, runServed, type CommonOptions, type ServedRun, type Surroundings } from './command.js';

interface ChatOptions extends CommonOptions {
  readonly user?: string;
}

export function addChat(program: Command, surroundings: Surroundings): void {
  addCommand(program, {
    usage: 'chat [message]',
    summary: 'Talk to the shop: find, narrow down, compare. Without a message, turn after turn until Ctrl-D.',
    examples: ['chat', 'chat "a red mug under £5, not ceramic"', 'chat --user 17850 < turns.txt'],
  })
    .option('--user <id>', 'who talks')
    .action((message: string | undefined, options: ChatOptions) =>
      runServed(options, surroundings, async (run) => {
        if (message === undefined) await talk(options, run);
        else await turn(message, { options, run, chatId: undefined });
      }),
    );
}

interface Turn {
  readonly options: ChatOptions;
  readonly run: ServedRun;
  readonly chatId: string | undefined;
}

/** Each line is a turn, typed or piped. */
async function talk(options: ChatOptions, run: ServedRun): Promise<void> {
  const isTyped = process.stdin.isTTY === true;
  const lines = createInterface({
    input: process.stdin,
    output: process.stderr,
    terminal: isTyped,
    signal: run.signal,
  });
  if (isTyped) {
    run.output.note('What are you looking for? Ctrl-D ends.');
    lines.setPrompt('> ');
    lines.prompt();
  }
  let chatId: string | undefined;
  for await (const line of lines) {
    run.signal.throwIfAborted();
    if (line.trim() !== '') chatId = await turn(line, { options, run, chatId });
    if (isTyped) lines.prompt();
  }
  run.signal.throwIfAborted();
}

/** The conversation's id, for the next turn. */
async function turn(message: string, { options, run: { client, output, signal }, chatId }: Turn): Promise<string> {
  const answer = await answerTo(client, { message, userId: options.user, chatId }, signal);
  output.lines(...chatLines(answer, output));
  output.document(answer);
  return answer.chatId;
}

const answerTo = (client: ApiClient, asked: object, signal: AbortSignal): Promise<ChatAnswer> =>
  client.post<ChatAnswer>('/v1/chat', asked, { signal });
