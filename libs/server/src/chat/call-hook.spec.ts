import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { callHook } from './call-hook.js';

interface Received {
  readonly method: string | undefined;
  readonly key: string | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

const received: Received[] = [];
let answer: (response: ServerResponse) => void;
let server: Server;
let url: string;
const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  let body = '';
  for await (const part of request.setEncoding('utf8') as AsyncIterable<string>) body += part;
  const { authorization: key, 'content-type': type } = request.headers;
  received.push({ method: request.method, key, type, body });
  answer(response);
};

beforeAll(async () => {
  server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}/hook`;
});
beforeEach(() => void received.splice(0));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const schema = z.object({ found: z.boolean(), status: z.string().optional() });
const ask = (signal = AbortSignal.timeout(10_000), key: string | undefined = undefined) =>
  callHook({ url, key }, { userId: 'ann', orderId: '7' }, { schema, signal });
const answers = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): void => {
  answer = (response) => void response.writeHead(status, headers).end(body);
};

describe('callHook', () => {
  it('posts JSON, with the key where there is one, and reads what fits the schema', async () => {
    answers(200, '{"found": true, "status": "sent", "more": 1}');
    expect(await ask(undefined, 'the-key')).toEqual({ found: true, status: 'sent' });
    expect(await ask()).toEqual({ found: true, status: 'sent' });
    const asked = { method: 'POST', type: 'application/json', body: '{"userId":"ann","orderId":"7"}' };
    expect(received).toEqual([
      { ...asked, key: 'Bearer the-key' },
      { ...asked, key: undefined },
    ]);
  });

  it.each([
    ['a failure', () => answers(500, '{"found": true}')],
    ['what is not found', () => answers(404, '{"found": true}')],
    ['no JSON', () => answers(200, '<html>')],
    ['nothing', () => answers(200, '')],
    ['what does not fit', () => answers(200, '{"found": "yes"}')],
    ['more than 64 KiB', () => answers(200, `{"found": true, "more": "${'x'.repeat(65_536)}"}`)],
    [
      'half an answer',
      () =>
        (answer = (response) =>
          void response.writeHead(200, { 'content-length': 99 }).write('{', () => response.destroy())),
    ],
    ['a closed connection', () => (answer = (response) => void response.destroy())],
  ] as const)('has no answer where it gets %s', async (_, prepare) => {
    prepare();
    expect(await ask()).toBeUndefined();
    expect(received).toHaveLength(1);
  });

  it('follows no redirect: nobody else is told', async () => {
    answers(307, '', { location: `${url}/elsewhere` });
    expect(await ask()).toBeUndefined();
    expect(received).toHaveLength(1);
  });

  it('has no answer where none comes in time, and breaks off', async () => {
    const gone = new Promise<void>((resolve) => {
      answer = (response) => void response.once('close', resolve);
    });
    expect(await ask(AbortSignal.timeout(50))).toBeUndefined();
    await gone;
  });

  it('reads no endless answer to its end', async () => {
    const gone = new Promise<void>((resolve) => {
      answer = (response) => {
        const more = (): void => void (response.destroyed || response.write('x'.repeat(10_000), more));
        response.once('close', resolve);
        more();
      };
    });
    expect(await ask()).toBeUndefined();
    await gone;
  });

  it('takes any answer of who only has to know', async () => {
    const tell = () =>
      callHook({ url, key: undefined }, {}, { schema: z.unknown(), signal: AbortSignal.timeout(10_000) });
    for (const body of ['', 'ok', 'null', '{}']) {
      answers(body === '' ? 202 : 200, body);
      expect(await tell()).toBeDefined();
    }
    answers(500, 'ok');
    expect(await tell()).toBeUndefined();
  });

  it('has no answer where nobody listens, or the address is none', async () => {
    for (const nowhere of ['http://127.0.0.1:1/', 'no address'])
      expect(
        await callHook({ url: nowhere, key: 'k' }, {}, { schema, signal: AbortSignal.timeout(10_000) }),
      ).toBeUndefined();
  });
});
