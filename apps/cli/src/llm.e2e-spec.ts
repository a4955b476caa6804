import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { LlmMessage } from '@attune/sdk';
import type { InstructionLine, JudgedModel } from '@attune/server';
import { llmFaults, startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import type { ExportManifest } from './llm/export-lines.js';
import { attune, listening, startAttune, startServerProcess, type TestProcess } from './testing/attune.process.js';
import { NO_MODEL, TinyShop } from './testing/tiny-shop.js';

const KEY = 'key-of-the-model-4711';
/** Of each task. */
const LINES = 60;

let shop: TinyShop;
let server: TestProcess;
let exported: { readonly code: number | null; readonly value: ExportManifest };
let llm: ScriptedLlm;

const linesOf = (file: string): readonly InstructionLine[] =>
  readFileSync(shop.path(file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as InstructionLine);

/** Right answers, by what is asked. */
const answers = new Map<string, string>();
const right = (messages: readonly LlmMessage[]): string => answers.get(messages[1]!.content) ?? 'unknown';

beforeAll(async () => {
  shop = new TinyShop({ home: {} }, NO_MODEL);
  const { cwd, env } = shop.options;
  server = startServerProcess({ cwd, env: { ...env, ATTUNE_DEMO: 'on' } });
  await listening(server);
  const ended = await shop.run('llm', 'export', '--out', 'data', '--limit', String(LINES), '--json');
  if (ended.code !== 0) throw new Error(ended.stderr + server.stderr);
  exported = { code: ended.code, value: JSON.parse(ended.stdout) as ExportManifest };
  for (const { messages } of linesOf('data/held-out.jsonl')) answers.set(messages[1].content, messages[2].content);
});
afterAll(async () => {
  await server.kill('SIGTERM');
  await shop.close();
});
afterEach(() => llm?.close());

const DATA = ['--data', 'data/held-out.jsonl'];
const evaluating = (...more: readonly string[]): readonly string[] => [
  ...['llm', 'evaluate', ...DATA, '--url', llm.url, '--model', llm.model, ...more],
];
const evaluated = (...more: readonly string[]) => shop.json<JudgedModel>(...evaluating(...more));

describe('llm export', () => {
  it('writes what the bundled shop can teach, the latest held out, with counts and digests', () => {
    const { code, value } = exported;
    expect([code, Object.keys(value.tasks)]).toEqual([0, ['purchase', 'next-item', 'ranking', 'explanation']]);
    for (const [split, file] of Object.entries({ train: 'train.jsonl', 'held-out': 'held-out.jsonl' })) {
      const lines = linesOf(`data/${file}`);
      const of = (task: string): number => lines.filter((line) => line.task === task).length;
      expect(lines.every((line) => line.split === split)).toBe(true);
      expect(Object.fromEntries(Object.keys(value.tasks).map((task) => [task, of(task)]))).toEqual(
        Object.fromEntries(Object.entries(value.tasks).map(([task, count]) => [task, count[split as 'train']])),
      );
      const sha256 = createHash('sha256')
        .update(readFileSync(shop.path(`data/${file}`)))
        .digest('hex');
      expect(value.files[file]).toEqual({ lines: lines.length, sha256 });
    }
    expect(JSON.parse(readFileSync(shop.path('data/manifest.json'), 'utf8'))).toEqual(value);
    expect(readdirSync(shop.path('data')).sort()).toEqual(['held-out.jsonl', 'manifest.json', 'train.jsonl']);
    const held = linesOf('data/held-out.jsonl').map(({ at }) => at);
    expect(held.every((at) => at >= value.heldOutFrom!)).toBe(true);
    expect(linesOf('data/train.jsonl').every(({ at }) => at <= value.heldOutFrom!)).toBe(true);
    // A tenth of the events, of which a few make no example.
    expect(held.length).toBeGreaterThan(0.03 * 4 * LINES);
    expect(held.length).toBeLessThan(0.25 * 4 * LINES);
  });

  it('names no user of the shop, and no time of a day', () => {
    const text = ['train', 'held-out'].map((name) => readFileSync(shop.path(`data/${name}.jsonl`), 'utf8')).join('');
    // Customers of the bundled shop are the numbers 12346 to 18287; an item has one of them in its title.
    expect(text.replaceAll('hanging baubles 17080', '')).not.toMatch(/(?<!\d)1[2-8]\d{3}(?!\d)/);
    expect(text).not.toMatch(/userId|\d\d:\d\d/);
  });

  it('gives the same for the same seed', async () => {
    const { value } = await shop.json<ExportManifest>('llm', 'export', '--out', 'again', '--limit', String(LINES));
    expect(value.files).toEqual(exported.value.files);
    const other = await shop.json<ExportManifest>('llm', 'export', '--out', 'other', '--limit', '60', '--seed', '1');
    expect(other.value.files).not.toEqual(value.files);
  });

  it('prints a table, and makes only the tasks that are named', async () => {
    const { code, stdout } = await shop.run(
      'llm',
      'export',
      '--out',
      'some',
      '--tasks',
      'ranking',
      '--limit',
      '10',
      '--held-out',
      '0',
    );
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^task +train +held out\nranking +10 +0\n\nNothing is held out\.\n/),
    ]);
  });

  it('leaves nothing behind where it cannot be done', async () => {
    const unknown = await shop.run('llm', 'export', '--out', 'none', '--tasks', 'singing');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('/tasks/0')]);
    expect(readdirSync(shop.path('none'))).toEqual([]);
    const file = await shop.run('llm', 'export', '--out', 'attune.config.yaml');
    expect([file.code, file.stderr]).toEqual([2, expect.stringContaining('cannot be written')]);
    expect((await shop.run('llm', 'export', '--out', 'none', '--held-out', '0.9')).code).toBe(2);
  });
});

describe('llm evaluate', () => {
  it('gives a model that is always right 1, with its key from the environment and what it costs', async () => {
    llm = await startScriptedLlm({ answer: right, key: KEY });
    const options = { cwd: shop.folder, env: { MY_KEY: KEY } };
    const args = evaluating('--key-env', 'MY_KEY', '--price-in', '1', '--price-out', '2', '--json');
    const { code, stdout, stderr } = await attune(args, options);
    const { tasks, lines } = JSON.parse(stdout) as JudgedModel;
    expect([code, stderr]).toEqual([0, 'asking …\nasking: done\n']);
    expect(Object.values(tasks).map(({ accuracy }) => accuracy.value)).toEqual([1, 1, 1, 1]);
    expect(lines).toBe(linesOf('data/held-out.jsonl').length);
    const { tokens, cost } = tasks.ranking!;
    expect(cost).toBeCloseTo((tokens.input + 2 * tokens.output) / 1e6, 12);
    expect(stdout + stderr).not.toContain(KEY);
  });

  it('gives one that is always wrong 0, and one that babbles nothing that can be used', async () => {
    const wrong = (text: string): string =>
      text === 'yes' ? 'no' : text === 'no' ? 'yes' : text.replace(/\d+/g, (number) => String(11 - Number(number)));
    llm = await startScriptedLlm({
      answer: (messages) => (messages[0]!.content.includes('"evidence"') ? 'No.' : wrong(right(messages))),
    });
    const told = (await evaluated()).value.tasks;
    expect([told.purchase, told['next-item']].map((one) => one!.accuracy.value)).toEqual([0, 0]);
    expect(told.explanation!.unusable).toBe(1);
    await llm.close();
    llm = await startScriptedLlm();
    const babbled = Object.values((await evaluated()).value.tasks);
    expect(babbled.map(({ unusable, accuracy }) => [unusable, accuracy.value])).toEqual(babbled.map(() => [1, 0]));
  });

  it('says how long a slow one takes', async () => {
    llm = await startScriptedLlm({ answer: right });
    llm.always(llmFaults.slow(150));
    const told = Object.values((await evaluated('--limit', '8')).value.tasks);
    // Timers round.
    expect(told.map(({ latencyMs: { p50, p95 } }) => p50 >= 145 && p95 >= p50)).toEqual(told.map(() => true));
  });

  it('prints tables and writes a page', async () => {
    llm = await startScriptedLlm({ answer: right });
    const { code, stdout } = await shop.run(...evaluating('--limit', '10', '--report', 'report.md'));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^openai:127\.0\.0\.1:\d+\/scripted: 10 of 10 lines answered\n\ntask +cases +accuracy +95 % interval/,
    );
    expect(readFileSync(shop.path('report.md'), 'utf8')).toMatch(
      /^# openai:[^]*\| task \| cases \| accuracy \|[^]*Repeated by `attune llm evaluate/,
    );
  });

  it('at Ctrl-C prints what is there and ends with 130', async () => {
    llm = await startScriptedLlm({ answer: right });
    llm.next(...Array.from({ length: 5 }, () => llmFaults.slow(0)));
    llm.always(llmFaults.hang);
    const running = startAttune(evaluating('--concurrency', '1', '--json'), shop.options);
    const asked = await llm.asked(6);
    const { code, stdout, stderr } = await running.kill('SIGINT');
    expect(await asked.ended).toBe('broken');
    const { tasks } = JSON.parse(stdout) as JudgedModel;
    expect([code, stderr]).toEqual([130, expect.stringContaining('these figures are of the lines that were answered')]);
    expect(Object.values(tasks).reduce((sum, { cases }) => sum + cases, 0)).toBeGreaterThan(0);
  });

  it('ends with 1 where single lines fail or nobody answers, and names the fix', async () => {
    llm = await startScriptedLlm({ answer: right, key: KEY });
    const refused = await shop.run(...evaluating());
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([
      1,
      '',
      expect.stringMatching(/answered 401.*\n {2}fix: /),
    ]);
    await llm.close();
    llm = await startScriptedLlm({ answer: right, faults: [llmFaults.status(400)] });
    const { code, value } = await evaluated('--limit', '5');
    expect([code, value.failed]).toEqual([1, 1]);
  });

  it('takes no wrong options: 2', async () => {
    llm = await startScriptedLlm();
    for (const [wrong, said] of [
      [['--data', 'data/held-out.jsonl'], 'no model is named'],
      [[...DATA, '--url', llm.url], 'the model has no name'],
      [[...DATA, '--url', llm.url, '--file', 'x.gguf'], 'name two models'],
      [[...DATA, '--url', 'ftp://x', '--model', 'm'], 'must be an address'],
      [[...DATA, '--url', llm.url, '--model', 'm', '--key', KEY], '--key-env'],
      [[...DATA, '--url', llm.url, '--model', 'm', '--key-env', KEY], 'a variable that is not set'],
      [[...DATA, '--file', 'missing.gguf'], 'missing.gguf'],
    ] as const) {
      const { code, stderr } = await shop.run('llm', 'evaluate', ...wrong);
      expect([wrong, code, stderr]).toEqual([wrong, 2, expect.stringContaining(said)]);
      expect(stderr).not.toContain(KEY);
    }
    expect(llm.requests).toHaveLength(0);
  });

  it('names file and line of what is no instruction data, and quotes nothing of it', async () => {
    llm = await startScriptedLlm();
    const [line] = linesOf('data/held-out.jsonl');
    for (const [name, text] of Object.entries({
      'hostile.jsonl': JSON.stringify({ ...line, '\u001b[2Jsecret': 1 }),
      'long.jsonl': JSON.stringify({ ...line, at: 'x'.repeat(2 ** 21) }),
      'binary.jsonl': Buffer.from([0, 255, 254, 10]),
    })) {
      shop.write(name, typeof text === 'string' ? `${JSON.stringify(line)}\n${text}\n` : text);
      const { code, stderr } = await shop.run(
        'llm',
        'evaluate',
        '--data',
        name,
        '--url',
        llm.url,
        '--model',
        llm.model,
      );
      expect([code, stderr]).toEqual([1, expect.stringMatching(new RegExp(`^attune: ${name}:[12] is no line`))]);
      expect(stderr.replaceAll('\n', '')).toMatch(/^\P{Cc}*$/u);
    }
    expect(
      (await shop.run('llm', 'evaluate', '--data', 'nowhere.jsonl', '--url', llm.url, '--model', 'm')).stderr,
    ).toContain('ENOENT');
    expect(existsSync(shop.path('nowhere.jsonl'))).toBe(false);
  });
});
