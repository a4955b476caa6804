import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is wrong with the way to a server: answers with a status, none at all, broken connections, or late requests. */
export type Fault = 'pass' | 'hang' | 'cut' | { readonly status: number } | { readonly until: Promise<unknown> };

/** Stands before an HTTP server and passes everything on, unless it is told to do worse. */
export class FaultProxy {
  /** What happens to requests from now on; 'hang' and 'cut' to those under way, too. */
  fault: Fault = 'pass';

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async before(url: string): Promise<FaultProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new FaultProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
    server.on('request', (asked, answer) => proxy.take(asked, answer, new URL(url)));
    return proxy;
  }

  /** Breaks every connection there is, and every one that comes. */
  cut(): void {
    this.fault = 'cut';
    this.server.closeAllConnections();
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private take(asked: IncomingMessage, answer: ServerResponse, { hostname, port }: URL): void {
    const { fault } = this;
    if (fault === 'hang') return;
    if (fault === 'cut') return void answer.destroy();
    if (typeof fault === 'object' && 'status' in fault) return refuse(asked, answer, fault.status);
    const { method, url: path, headers } = asked;
    // A connection for each: one that the server let go of meanwhile is not a fault of this proxy.
    const onward = httpRequest({ hostname, port, method, path, headers, agent: false });
    onward.on('error', () => answer.destroy());
    // Answered, or nobody waits for it any more.
    answer.once('close', () => onward.destroy());
    onward.on('response', (given) => {
      // What was done is not told any more.
      if (this.fault === 'hang') return void given.resume();
      answer.writeHead(given.statusCode ?? 0, given.headers);
      given.pipe(answer);
    });
    const way = typeof fault === 'object' ? fault.until : Promise.resolve();
    void way.then(() => asked.pipe(onward));
  }
}

/** As Elasticsearch refuses under load (429) or without a shard (503). */
function refuse(asked: IncomingMessage, answer: ServerResponse, status: number): void {
  const error = { type: status === 429 ? 'es_rejected_execution_exception' : 'unavailable_shards_exception' };
  asked.resume();
  answer
    .writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' })
    .end(JSON.stringify({ error: { ...error, reason: 'the fault proxy says so' }, status }));
}
