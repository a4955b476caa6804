import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What a proxy makes of an answer; undefined leaves it as it is. */
export type Lie = (
  asked: IncomingMessage,
  status: number,
  body: string,
) => { status: number; body: string } | undefined;

/** Stands before a server and passes everything on, but for what it lies about. */
export class LyingProxy {
  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async before(url: string, lie: Lie): Promise<LyingProxy> {
    const { hostname, port } = new URL(url);
    const server = createServer((asked, answer) => {
      const { method, url: path, headers } = asked;
      const onward = httpRequest({ hostname, port, method, path, headers });
      onward.on('error', () => answer.destroy());
      onward.on('response', (given) => {
        void buffer(given).then((bytes) => {
          const status = given.statusCode ?? 0;
          const lied = lie(asked, status, bytes.toString());
          const { 'content-length': _, 'transfer-encoding': __, ...kept } = given.headers;
          answer.writeHead(lied?.status ?? status, kept).end(lied?.body ?? bytes);
        });
      });
      asked.pipe(onward);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new LyingProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
