import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { LlmReply } from './llm-endpoints.js';
import type { LlmFault } from './llm-faults.js';

/** Sends an answer with its fault. Resolves once it is sent or the connection is gone; never rejects. */
export async function send(response: ServerResponse, reply: LlmReply, fault: LlmFault | undefined): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    if (response.destroyed) return;
    if (fault?.kind === 'hang') return void (await once(response, 'close'));
    if (fault?.kind === 'slow') await wait(fault.ms, undefined, { signal: gone.signal });
    if (fault?.kind === 'cutStream') return await sendCut(response, reply, fault.afterPieces);
    if ('events' in reply) return await sendEvents(response, reply.events);
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(textOf(reply.body));
  } catch {
    // Whoever asked went away: there is nobody to tell.
    response.destroy();
  }
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

async function sendEvents(response: ServerResponse, events: readonly string[]): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) await written(response, `data: ${event}\n\n`);
  response.end();
}

async function sendCut(response: ServerResponse, reply: LlmReply, afterPieces: number): Promise<void> {
  if ('events' in reply) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of reply.events.slice(0, reply.opening + afterPieces))
      await written(response, `data: ${event}\n\n`);
  } else {
    const text = textOf(reply.body);
    response.writeHead(reply.status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    await written(response, text.slice(0, text.length / 2));
  }
  response.destroy();
}

/** Resolves once the text is on its way. Rejects where the connection is gone. */
const written = (response: ServerResponse, text: string): Promise<void> =>
  new Promise((resolve, reject) => response.write(text, (error) => (error == null ? resolve() : reject(error))));
