import { execFileSync } from 'node:child_process';
import { pipelineSchema, type Engine } from '@attune/engine';
import { builtIns } from './testing/built-ins.js';
import { engineOn } from './testing/open-engine.js';
import { pipelineText } from './testing/pipelines.js';
import { item, openScratchStores, purchase, type ScratchStores } from './testing/scratch-stores.js';
import { whatToTry, type TryOptions } from './what-to-try.js';

let scratch: ScratchStores;
let engine: Engine;
beforeEach(async () => {
  scratch = await openScratchStores();
  engine = engineOn(scratch.stores, builtIns());
});
afterEach(async () => {
  await engine.close();
  await scratch.close();
});

async function say(surfaces: readonly string[], options: TryOptions): Promise<string> {
  const locate = (): { file: string; line: number } => ({ file: 'x.yaml', line: 1 });
  await engine.load(surfaces.map((one) => ({ spec: pipelineSchema.parse(JSON.parse(pipelineText(one))), locate })));
  const main = { stores: scratch.stores, engine } as unknown as Parameters<typeof whatToTry>[1]['main'];
  const clock = { now: () => Date.parse('2026-11-21T09:30:00Z'), monotonic: () => 0 };
  return whatToTry('http://127.0.0.1:3000', { main, clock }, options);
}
/** What a shell would send: the words after `-d`. */
const bodies = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('  curl'))
    .map((line) => {
      const words = execFileSync('sh', ['-c', `printf '%s\\n' ${line.trim()}`], { encoding: 'utf8' })
        .trim()
        .split('\n');
      return JSON.parse(words.at(-1)!) as unknown;
    });

describe('whatToTry', () => {
  it('names a customer of the bundled shop and something they bought, in calls that a shell takes', async () => {
    await scratch.stores.items.upsert([item('mug', 'Mug')]);
    await scratch.stores.events.append([purchase('e', `o'brien "$HOME"`, [`it's`])]);
    const text = await say(['home', 'search'], { demo: true, keys: false });
    expect(text).toContain('Attune listens on http://127.0.0.1:3000 with 1 items and 1 events.');
    const [slate, events, search] = bodies(text);
    expect(slate).toEqual({ surface: 'home', userId: `o'brien "$HOME"`, explain: true });
    expect(events).toEqual({ events: [{ id: 'try-1', type: 'purchase', userId: `o'brien "$HOME"`, itemId: `it's` }] });
    expect(search).toMatchObject({ query: expect.any(String) });
    expect(text).toContain('Read on: http://127.0.0.1:3000/docs');
    expect(text).not.toContain('authorization');
  });

  it("names nobody of a shop of one's own", async () => {
    await scratch.stores.events.append([purchase('e', 'jane@example.com', ['secret'])]);
    const text = await say(['home'], { demo: false, keys: false });
    expect(text).not.toMatch(/jane|secret/);
  });

  it('shows how to put items in where there are none, the key where one is needed, and no surface that is not there', async () => {
    const text = await say(['offers'], { demo: false, keys: true });
    expect(bodies(text)[0]).toEqual({ items: [{ id: 'mug', title: 'Tea mug' }] });
    expect(text.match(/authorization: Bearer \$KEY/g)).toHaveLength(2);
    expect(text).not.toMatch(/v1\/search|v1\/recommendations/);
  });
});
