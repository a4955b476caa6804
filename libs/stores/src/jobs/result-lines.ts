import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Whether a line of a result is about this user. */
export async function hasLineOf(userId: string, path: string): Promise<boolean> {
  for await (const lines of linesOf(path)) if (lines.some((line) => userOf(line) === userId)) return true;
  return false;
}

/** Rewrites a result without the lines of these users, all or nothing; how many there were, 0 where it is gone. */
export async function removeLinesOf(users: ReadonlySet<string>, path: string): Promise<number> {
  if (!existsSync(path)) return 0;
  const rest = `${path}.rest`;
  let removed = 0;
  const others = async function* (): AsyncGenerator<string> {
    for await (const lines of linesOf(path)) {
      const kept = lines.filter((line) => !users.has(userOf(line)));
      removed += lines.length - kept.length;
      yield kept.map((line) => `${line}\n`).join('');
    }
  };
  await pipeline(others, createWriteStream(rest, { flush: true }));
  if (removed === 0) await rm(rest);
  else await rename(rest, path);
  return removed;
}

/** Lines in batches as they are read. Only a newline ends one: ids may hold other separators. */
async function* linesOf(path: string): AsyncGenerator<readonly string[], void> {
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  if (rest !== '') yield [rest];
}

const userOf = (line: string): string => (JSON.parse(line) as { readonly userId: string }).userId;
