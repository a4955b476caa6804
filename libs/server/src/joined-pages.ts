/** Every page of a reading, joined. */
export async function joinedPages<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) for (const one of page) all.push(one);
  return all;
}
