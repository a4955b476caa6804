import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * Stands before a server: what is read passes, of writes as many as are let through; the others wait. Those whose sender
 * is gone meanwhile are dropped, and take no place.
 */
export class GateProxy {
  #room = 0;
  readonly #waiting = new Set<() => void>();

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async before(url: string): Promise<GateProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new GateProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
    server.on('request', (asked, answer) => void proxy.#take(asked, answer, new URL(url)));
    return proxy;
  }

  /** Lets so many more writes through. */
  letThrough(writes: number): void {
    this.#room += writes;
    for (const pass of [...this.#waiting]) pass();
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  async #take(asked: IncomingMessage, answer: ServerResponse, { hostname, port }: URL): Promise<void> {
    const { method, url: path, headers } = asked;
    // Whole before it waits: the end of a connection is seen behind what was read of it only.
    const body = await buffer(asked).catch(() => undefined);
    const pass = (): void => {
      this.#waiting.delete(pass);
      if (answer.destroyed) return;
      if (method !== 'GET' && this.#room <= 0) return void this.#waiting.add(pass);
      if (method !== 'GET') this.#room--;
      const onward = httpRequest({ hostname, port, method, path, headers, agent: false });
      onward.on('error', () => answer.destroy());
      onward.on('response', (given) => given.pipe(answer.writeHead(given.statusCode ?? 0, given.headers)));
      onward.end(body);
    };
    if (body !== undefined) pass();
  }
}
