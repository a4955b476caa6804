import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { idsOf, type JobAnswer, type ProblemAnswer } from './testing/answers.js';
import { runToTheEnd } from './testing/gateway.process.js';
import { until, type HttpClient } from './testing/http.client.js';
import { textOf, writeShop } from './testing/scratch.js';
import { startGateway } from './testing/start-gateway.js';
import { TINY_ITEMS, tinySurface } from './testing/tiny-shop.js';

const purchase = (
  id: string,
  userId: string,
  itemId: string,
): { id: string; type: string; userId: string; itemId: string } => ({ id, type: 'purchase', userId, itemId });
const newShop = (
  env: Readonly<Record<string, string>> = {},
): ReturnType<typeof writeShop> & { env: Readonly<Record<string, string>> } => ({
  ...writeShop({ surfaces: { home: tinySurface('home') } }),
  env,
});

/** The lines a server gave up with. */
async function refusal(options: Parameters<typeof runToTheEnd>[0]): Promise<readonly string[]> {
  const { code, stderr, stdout } = await runToTheEnd(options);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  return stderr.trim().split('\n');
}

describe('a surface file edited while the server runs', () => {
  it('takes effect; a broken edit is refused with file, line, cause and fix, and the old one keeps serving', async () => {
    const files = newShop();
    const shop = await startGateway(files);
    await shop.putItems(TINY_ITEMS);
    await shop.send(...TINY_ITEMS.map(({ id }, i) => purchase(`h-${i}`, 'u', id)));
    const slate = (): Promise<{ ids: readonly string[]; digest: string }> =>
      shop
        .slate({ surface: 'home', userId: 'v', limit: 10 })
        .then((one) => ({ ids: idsOf(one), digest: one.pipeline.digest }));
    const before = await slate();
    expect(before.ids).toHaveLength(10);

    const narrow = tinySurface('home', {
      retrieve: [{ use: 'popular', limit: 3, hardMs: 2_000 }],
      fallback: { use: 'trending', hardMs: 2_000 },
    });
    writeFileSync(files.surface('home'), textOf(narrow));
    await until('the edit to take effect', async () => (await slate()).digest !== before.digest);
    const edited = await slate();

    const broken = textOf(narrow).replace('"popularity"', '"popularty"');
    const line = broken.split('\n').findIndex((text) => text.includes('popularty')) + 1;
    writeFileSync(files.surface('home'), broken);
    const finding = `${files.surface('home')}:${line}: no scorer 'popularty': did you mean 'popularity'?`;
    await until('the broken edit to be refused', () => shop.process.stderr.includes(finding));
    expect(shop.process.stderr).toMatch(/not reloaded, the old ones keep serving/);
    expect(await slate()).toEqual(edited);

    writeFileSync(files.surface('home'), textOf(tinySurface('home')));
    await until('the old text to bring the old pipeline back', async () => (await slate()).digest === before.digest);
    expect((await slate()).ids).toEqual(before.ids);

    writeFileSync(files.surface('offers'), textOf(tinySurface('offers')));
    await until(
      'the new surface',
      async () => (await shop.call('POST', '/v1/recommendations', { surface: 'offers' })).status === 200,
    );
    await shop.stop();
  });
});

describe('a server refuses to start, in one line that says what to do,', () => {
  it('with a pipeline that does not hold: file, line, cause and fix of each finding', async () => {
    const score = [{ use: 'popularity', hardMs: 2_000, config: { typs: ['view'] } }];
    const text = textOf(tinySurface('home', { deadlineMs: 50, filter: [{ use: 'popular' }], score }));
    const files = writeShop({ surfaces: { home: text } });
    const lines = await refusal(files);
    const at = (word: string): string =>
      `${files.surface('home')}:${text.split('\n').findIndex((one) => one.includes(word)) + 1}: `;
    const all = lines.join('\n');
    expect(all).toContain(`no filter 'popular': 'popular' is a retriever: move it there`);
    expect(lines).toContainEqual(expect.stringMatching(/popularity: .*typs.*: did you mean 'types'\?$/));
    expect(all).toContain(at('typs'));
    expect(all).toMatch(
      /popularity may take 2000 ms, the surface 50: set hardMs: 50 on the step, or a longer deadlineMs/,
    );
    for (const line of lines) expect(line).toMatch(/home\.yaml:\d+: .+: .+/);
  });

  it('with a typing error in its configuration', async () => {
    const files = writeShop({ surfaces: { home: tinySurface('home') }, config: { pluginz: [] } });
    expect(await refusal(files)).toEqual([expect.stringContaining(`${files.config}:`)]);
    expect(await refusal({ ...files, config: `${files.config}.gone` })).toEqual([
      expect.stringMatching(/yaml\.gone:1: .*ENOENT.*: check the path/),
    ]);
    const torn = writeShop({ surfaces: { home: 'surface: home\nretrieve: [ { use: popular }\n' } });
    expect(await refusal(torn)).toEqual([expect.stringMatching(/home\.yaml:\d: .*: mend the YAML$/)]);
  });

  it('on a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await until('the port to be taken', () => taken.listening);
    const { port } = taken.address() as AddressInfo;
    const lines = await refusal(newShop({ PORT: String(port) }));
    expect(lines.at(-1)).toContain(`port ${port} is taken`);
    expect(lines.at(-1)).toContain('start with PORT=');
    taken.close();
  });

  it('beyond this machine without keys, and with keys too short', async () => {
    expect(await refusal(newShop({ HOST: '0.0.0.0' }))).toEqual([
      expect.stringMatching(/HOST: .*needs API keys: set ATTUNE_API_KEYS/),
    ]);
    expect(await refusal(newShop({ ATTUNE_API_KEYS: 'short' }))).toEqual([
      expect.stringMatching(/ATTUNE_API_KEYS: .*at least 16 characters/),
    ]);
    expect(await refusal(newShop({ PORT: 'http' }))).toEqual([expect.stringContaining('PORT: ')]);
  });
});

describe('API keys', () => {
  const [NORTH, SOUTH] = ['north-key-0123456789', 'south-key-0123456789'];

  it('are asked for, and keep two shops with the same ids apart, also after a restart', async () => {
    const files = newShop({ ATTUNE_API_KEYS: `${NORTH}=north,${SOUTH}=south`, HOST: '0.0.0.0' });
    const server = await startGateway(files);
    const open = server.url.replace('0.0.0.0', '127.0.0.1');
    const [north, south] = [server.withKey(NORTH), server.withKey(SOUTH)];
    for (const refused of [server, server.withKey('north-key-0123456788'), server.withKey(`${NORTH}x`)]) {
      const answer = await refused.call<ProblemAnswer>('POST', '/v1/recommendations', { surface: 'home' });
      expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } });
      expect((await refused.call('GET', '/v1/items/mug')).status).toBe(401);
    }
    expect((await fetch(`${open}/health/ready`)).status).toBe(200);
    await north.putItems(TINY_ITEMS);
    await south.putItems(TINY_ITEMS.slice(0, 4).map((item) => ({ ...item, title: `Southern ${item.title}` })));
    await north.send(...TINY_ITEMS.map(({ id }, i) => purchase(`same-${i}`, 'ada', id)));
    // The same event id, user and items of the other shop are its own.
    expect(await south.send(purchase('same-0', 'ada', 'mug'))).toMatchObject({ accepted: 1, duplicates: 0 });
    const check = async (one: HttpClient, other: HttpClient): Promise<void> => {
      expect(idsOf(await one.slate({ surface: 'home', userId: 'stranger' }))).toHaveLength(10);
      expect(idsOf(await one.slate({ surface: 'home', userId: 'ada' }))).toEqual([]);
      const southern = await other.slate({ surface: 'home', userId: 'stranger', trace: true });
      expect(idsOf(southern)).toEqual(['mug']);
      expect(southern.trace!.candidates.map(({ id }) => id)).toEqual(['mug']);
      expect((await other.expect<{ title: string }>('GET', '/v1/items/mug')).title).toBe('Southern Porcelain tea mug');
      expect((await other.call('GET', '/v1/items/gloves')).status).toBe(404);
    };
    await check(north, south);
    const { jobs } = await north.expect<{ jobs: readonly JobAnswer[] }>('GET', '/v1/jobs');
    expect((await south.call('GET', `/v1/jobs/${jobs[0]!.id}`)).status).toBe(404);
    await north.expect('DELETE', '/v1/items/mug');
    expect((await south.call('GET', '/v1/items/mug')).status).toBe(200);
    await north.putItems(TINY_ITEMS);
    await server.stop();
    const again = await startGateway(files);
    await check(again.withKey(NORTH), again.withKey(SOUTH));
    await again.stop();
  });
});

describe('a signal', () => {
  it('(SIGTERM, SIGINT) ends the server in order, and the next start has everything', async () => {
    const files = newShop();
    let shop = await startGateway(files);
    await shop.putItems(TINY_ITEMS);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const userIds = Array.from({ length: 7 }, (_, i) => `${signal}-${i}`);
      const events = Array.from({ length: 200 }, (_, i) =>
        purchase(`${signal} ${i}`, userIds[i % userIds.length]!, TINY_ITEMS[i % TINY_ITEMS.length]!.id),
      );
      // Under way when the signal comes: each is answered in full, or was never taken.
      let answered = 0;
      const sending = Promise.allSettled(events.map((event) => shop.send(event).then(() => answered++)));
      await until('some of it to be answered', () => answered > 0);
      expect((await shop.stop(signal)).code).toBe(0);
      const acknowledged = (await sending).flatMap(({ status }, i) => (status === 'fulfilled' ? [events[i]!] : []));
      expect(acknowledged.length).toBeGreaterThan(0);
      shop = await startGateway(files);
      expect(shop.process.stdout).toContain(`with ${TINY_ITEMS.length} items`);
      expect(shop.process.stderr).not.toContain('set aside');
      expect(await shop.send(...acknowledged)).toMatchObject({ accepted: 0, duplicates: acknowledged.length });
    }
    await shop.stop();
  });

  it('ends a server whose client never finishes its request', async () => {
    const shop = await startGateway(newShop());
    const client = connect(Number(new URL(shop.url).port), '127.0.0.1');
    // Read on, or the end of the connection is never met.
    const gone = once(client.resume(), 'close');
    client.on('error', () => undefined);
    client.write(
      'POST /v1/events HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
    );
    // Once this one is answered the other has been read.
    await shop.expect('GET', '/health/live');
    expect((await shop.stop()).code).toBe(0);
    await gone;
  });
});
