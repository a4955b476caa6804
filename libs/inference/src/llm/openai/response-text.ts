/** The bytes of a body as they come. */
export async function* chunksOf(response: Response): AsyncGenerator<Uint8Array, void> {
  const body: AsyncIterable<Uint8Array> | null = response.body;
  if (body !== null) yield* body;
}

/** The body's text; undefined where it has more bytes than that. */
export async function readText(response: Response, maxBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of chunksOf(response)) {
    if ((bytes += chunk.length) > maxBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Why a connection failed. The code alone: errors of the network may quote what was received. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'no reason given';
  if ('cause' in error && error.cause != null) return codeOf(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : 'the connection broke';
}
