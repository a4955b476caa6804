import { createServer, type Server } from 'node:http';

export interface HookCall {
  readonly path: string;
  readonly key: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The shop's own system, which conversations ask for orders and tell of handovers. */
export class HookServer {
  /** In order of arrival. */
  readonly calls: HookCall[] = [];
  url = '';
  /** What it answers; a status of 0 breaks off. */
  answer: (call: HookCall) => { readonly status: number; readonly body: unknown } = () => ({ status: 200, body: {} });
  readonly #server: Server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      const body = JSON.parse(text) as HookCall['body'];
      const call = { path: request.url ?? '', key: request.headers.authorization, body };
      this.calls.push(call);
      const { status, body: said } = this.answer(call);
      if (status === 0) return void response.destroy();
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    });
  });

  static async start(): Promise<HookServer> {
    const hook = new HookServer();
    await new Promise<void>((resolve) => hook.#server.listen(0, '127.0.0.1', resolve));
    const address = hook.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the hook has no port');
    hook.url = `http://127.0.0.1:${address.port}`;
    return hook;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
