import { createParser } from 'eventsource-parser';
import { chunksOf } from './response-text.js';

/**
 * The data of the events of a body, as each chunk of bytes completes them; undefined, and no more, once the body has more
 * than `maxBytes`.
 */
export async function* eventsOf(
  response: Response,
  maxBytes: number,
): AsyncGenerator<readonly string[] | undefined, void> {
  const decoder = new TextDecoder();
  let events: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => void events.push(data) });
  let bytes = 0;
  for await (const chunk of chunksOf(response)) {
    if ((bytes += chunk.length) > maxBytes) return void (yield undefined);
    parser.feed(decoder.decode(chunk, { stream: true }));
    const complete = events;
    events = [];
    yield complete;
  }
}
