import { Readable } from 'node:stream';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Platform } from '../../platform/tenant-platform.js';
import { beginChat } from '../calls/chat/chat.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { chat, type ChatEvent } from '../operations/chat.operations.js';
import { EVENT_STREAM, Handles } from '../operations/operation.js';
import { parsed } from '../problems/invalid-request.js';
import { problemOf } from '../problems/problem-of.js';

/** Conversations. */
@Controller()
export class ChatController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(chat)
  async turn(@Req() request: GatewayRequest, @Res() reply: FastifyReply): Promise<void> {
    const { tenant, id, body } = request;
    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    if (reply.raw.destroyed) left.abort();
    const asking = { platform: this.platform, tenant, requestId: id };
    const events = await beginChat(parsed(chat.body, body), asking, left.signal);
    if (wantsJson(request)) return void reply.type('application/json').send(await lastOf(events));
    void reply.type(EVENT_STREAM).header('cache-control', 'no-store').header('x-accel-buffering', 'no');
    return void reply.send(Readable.from(lines(events, id)));
  }
}

const wantsJson = ({ headers: { accept = '' } }: GatewayRequest): boolean =>
  accept.includes('application/json') && !accept.includes(EVENT_STREAM);

/** The whole answer. */
async function lastOf(events: AsyncIterable<ChatEvent>): Promise<unknown> {
  let last: ChatEvent | undefined;
  for await (const event of events) last = event;
  return last?.data;
}

/** What goes wrong once the first event is out can only be told by another. */
async function* lines(events: AsyncIterable<ChatEvent>, requestId: string): AsyncGenerator<string> {
  try {
    for await (const event of events) yield lineOf(event);
  } catch (error) {
    yield lineOf({ event: 'error', data: problemOf(error, requestId) });
  }
}

const lineOf = ({ event, data }: ChatEvent): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
