/** Lines of a result without the ids of whom they are about, read as they come. */
export async function* withoutUsers(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    // Only a newline ends a line: ids may hold other separators.
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines.map(withoutUser).join('');
  }
  if (rest !== '') yield withoutUser(rest);
}

function withoutUser(line: string): string {
  const { userId: _left, ...told } = JSON.parse(line) as Readonly<Record<string, unknown>>;
  return `${JSON.stringify(told)}\n`;
}
