import { vocabularyOf } from '@attune/sdk';
import { hashedWords } from '../worlds/hashed-words.js';
import { checkerboard, twoGenres } from '../worlds/fixture-worlds.js';
import { artifactOf } from './fake-artifacts.js';
import { fakeCall, lateCall } from './fake-call.js';
import { fakeHost, onlyPorts } from './fake-host.js';
import { failing, hanging, slow } from './faults.js';
import { ManualClock } from './manual-clock.js';

const world = twoGenres();
const host = fakeHost(world);
const call = fakeCall();

describe('fake host', () => {
  it('finds the nearest items exactly, within the filter, and refuses late calls and unknown spaces', async () => {
    const vector = hashedWords('jazz');
    const all = await host.vectorIndex.knn({ space: 'text', vector, k: 20 }, call);
    expect(all.ids.every((id) => id.startsWith('jazz'))).toBe(true);
    expect([...all.scores]).toEqual([...all.scores].sort((a, b) => b - a));
    const metal = await host.vectorIndex.knn({ space: 'text', vector, k: 3, where: { categories: 'metal' } }, call);
    expect(metal.ids.every((id) => id.startsWith('metal')) && metal.ids.length === 3).toBe(true);
    await expect(host.vectorIndex.knn({ space: 'text', vector, k: 1 }, lateCall())).rejects.toThrow('abort');
    await expect(host.embed.query('image', 'x', call)).rejects.toMatchObject({ code: 'SPACE_UNKNOWN' });
  });

  it('scores BM25: rarer words weigh more, words that are not there give NaN', async () => {
    const found = await host.textIndex.lexical({ text: 'jazz 7', k: 3 }, call);
    expect(found.ids[0]).toBe('jazz7');
    const [one, none] = await host.textIndex.score('saxophone', ['jazz0', 'metal0'], call);
    expect(one).toBeGreaterThan(0);
    expect(none).toBeNaN();
    // idf of a word in 20 of 40 documents, k1 1.2, a document of average length: ln(1 + 20.5/20.5) * 2.2 / 2.2
    expect(one).toBeCloseTo(Math.log(2), 1);
  });

  it('counts a window exclusive of its start and inclusive of its end', async () => {
    const { events, now } = checkerboard();
    const at = Date.parse(events[20]!.at);
    const counts = fakeHost(checkerboard()).counts;
    const types = ['purchase', 'view'];
    const upTo = await counts.window({ types, from: -Infinity, to: at });
    const after = await counts.window({ types, from: at, to: now });
    expect(upTo.total + after.total).toBe(events.length);
    expect(upTo.total).toBe(events.filter((event) => Date.parse(event.at) <= at).length);
    expect(upTo.byRow.reduce((a, b) => a + b)).toBe(upTo.total);
  });

  it('opens artifacts by name and type', async () => {
    const draft = { meta: {}, arrays: { w: Float32Array.of(1) }, ids: { items: ['a'] } };
    const artifact = await fakeHost(world, new Map([['m', draft]])).artifacts.open('m');
    expect([...artifact.floats('w'), artifact.ids('items').row('a')]).toEqual([1, 0]);
    expect(() => artifact.ints('w')).toThrow('not an Int32Array');
    expect(() => artifact.floats('v')).toThrow('no array v');
    expect(artifactOf('m', draft).digest).toBe(artifact.digest);
    expect(artifactOf('m', { ...draft, ids: { items: ['b'] } }).digest).not.toBe(artifact.digest);
    await expect(host.artifacts.open('m')).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  });

  it('gives documents and vectors aligned with the ids', async () => {
    expect((await host.documents.get(['gone', 'jazz1'])).map((item) => item?.id)).toEqual([undefined, 'jazz1']);
    const block = await host.itemVectors.gather('text', ['gone', 'jazz1']);
    expect([block.data[0], Number.isNaN(block.data[block.dims])]).toEqual([NaN, false]);
  });

  it('hands over declared ports only', () => {
    const narrow = onlyPorts(host, ['counts'], 'mine');
    expect(narrow.counts).toBe(host.counts);
    expect(() => narrow.documents).toThrow(
      "mine touches port 'documents' without declaring it: add 'documents' to uses",
    );
  });
});

describe('clock, calls and faults', () => {
  it('aborts a deadline when the clock gets there, and not before', () => {
    const clock = new ManualClock(100);
    const { signal, remainingMs } = clock.deadline(50);
    clock.advance(49);
    expect([signal.aborted, remainingMs()]).toEqual([false, 1]);
    clock.advance(10);
    expect([signal.aborted, remainingMs(), clock.now()]).toEqual([true, 0, 159]);
  });

  it('records what a plugin says', () => {
    const heard = fakeCall({ tenant: 't' });
    heard.degrade('NO_TIME', 'too late');
    heard.note('skipped');
    expect([heard.degraded, heard.notes]).toEqual([
      [{ code: 'NO_TIME', detail: 'too late' }],
      [{ code: 'skipped', detail: undefined }],
    ]);
  });

  it('fails, hangs and delays a port', async () => {
    const vocabulary = vocabularyOf([]);
    const port = { window: async () => ({ total: 7, vocabulary, byRow: new Int32Array(0) }) };
    await expect(failing(port).window()).rejects.toThrow('the port is down');
    const clock = new ManualClock();
    const answers: string[] = [];
    void hanging(port)
      .window()
      .then(() => answers.push('hanging'));
    const late = slow(port, clock, 30)
      .window()
      .then(() => answers.push('slow'));
    clock.advance(29);
    await port.window();
    expect(answers).toEqual([]);
    clock.advance(1);
    await late;
    expect(answers).toEqual(['slow']);
  });
});
