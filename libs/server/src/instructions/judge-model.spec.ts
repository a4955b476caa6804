import { INSTRUCTION_TASKS, type InstructionLine } from '@attune/language';
import type { LlmMessage } from '@attune/sdk';
import { llmFaults, startScriptedLlm, type ScriptedLlm, type ScriptedLlmOptions } from '@attune/testkit';
import { judgeModel, type JudgedModel, type JudgeModelOptions } from './judge-model.js';
import { readInstructionLine } from './read-instruction-line.js';

const titles = ['Mug', 'Lamp', 'Clock', 'Box'];
const framed = (task: string, number: number, answer: string) => ({
  ...{ task, split: 'held-out', at: '2026-10-01' },
  messages: [
    { role: 'system', content: `do ${task}` },
    { role: 'user', content: `case ${number}: ${answer}` },
    { role: 'assistant', content: answer },
  ],
});
const word = (task: string, answer: string, number: number): object => ({
  ...framed(task, number, answer),
  expected: { answer },
});

/** Ten yes and ten no of each word; four of each list, whose right one is each number once. */
const LINES: readonly InstructionLine[] = [
  ...['rating', 'purchase'].flatMap((task) =>
    Array.from({ length: 20 }, (_, i) => word(task, i % 2 === 0 ? 'yes' : 'no', i)),
  ),
  ...titles.map((_, i) => {
    const expected = { next: i + 1 };
    return { ...framed('next-item', i, JSON.stringify(expected)), expected, candidates: titles };
  }),
  ...titles.map((_, i) => {
    const order = [i + 1, ...[1, 2, 3, 4].filter((number) => number !== i + 1)];
    return {
      ...framed('ranking', i, JSON.stringify({ order })),
      expected: { order, bought: [i + 1] },
      candidates: titles,
    };
  }),
  ...titles.map((_, i) => {
    const answer = JSON.stringify({ evidence: [i + 1], reason: 'because' });
    return {
      ...framed('explanation', i, answer),
      expected: { reason: 'because', evidence: [i + 1] },
      candidates: titles,
    };
  }),
].map((line) => readInstructionLine(JSON.stringify(line)));

/** What the message of the user says at its end: a script that knows the answers. */
const rightAnswer = (messages: readonly LlmMessage[]): string => messages[1]!.content.replace(/^case \d+: /, '');
const wrongAnswer = (messages: readonly LlmMessage[]): string => {
  const right = rightAnswer(messages);
  if (right === 'yes' || right === 'no') return right === 'yes' ? 'no' : 'yes';
  return right.replace(/([[:])(\d)/, (_, before: string, number: string) => `${before}${(Number(number) % 4) + 1}`);
};
/** Finds the word likelier that the prompt ends with. */
const knowing = (tokens: readonly string[], at: number): number =>
  tokens.slice(0, at).some((token) => token.trim() === tokens[at]!.trim()) ? -0.1 : -3;

let llm: ScriptedLlm | undefined;
afterEach(() => llm?.close());
async function judged(
  script: ScriptedLlmOptions,
  options: Partial<JudgeModelOptions> & { readonly lines?: readonly InstructionLine[] } = {},
): Promise<JudgedModel> {
  llm = await startScriptedLlm(script);
  return judging(llm, options);
}
const judging = (
  { url, model }: ScriptedLlm,
  { lines = LINES, ...options }: Partial<JudgeModelOptions> & { readonly lines?: readonly InstructionLine[] } = {},
): Promise<JudgedModel> =>
  judgeModel(lines, {
    asked: { url, model, key: undefined, timeoutMs: 5_000 },
    concurrency: 4,
    signal: new AbortController().signal,
    clock: { monotonic: () => 0 },
    progress: () => undefined,
    ...options,
  });

const figuresOf = ({ tasks }: JudgedModel, name: 'accuracy' | 'ndcg' | 'unusable' | 'auc') =>
  INSTRUCTION_TASKS.map((task) => (name === 'accuracy' ? tasks[task]!.accuracy.value : tasks[task]![name]));

describe('a model that is judged', () => {
  it('has accuracy, NDCG and AUC of 1 where it is always right', async () => {
    const told = await judged({ answer: rightAnswer, likelihood: knowing });
    expect(figuresOf(told, 'accuracy')).toEqual([1, 1, 1, 1, 1]);
    expect(figuresOf(told, 'ndcg')).toEqual([undefined, undefined, 1, 1, undefined]);
    expect(figuresOf(told, 'auc')).toEqual([1, 1, undefined, undefined, undefined]);
    expect(figuresOf(told, 'unusable')).toEqual([0, 0, 0, 0, 0]);
    expect([told.lines, told.failed, told.notes, told.stoppedBy]).toEqual([52, 0, [], undefined]);
    const { accuracy } = told.tasks.purchase!;
    // Wilson: n / (n + z²).
    expect([accuracy.low, accuracy.high]).toEqual([expect.closeTo(20 / (20 + 1.959964 ** 2), 9), 1]);
  });

  it('has an accuracy of 0 where it is always wrong, and an AUC of 0 where it is sure of it', async () => {
    const unknowing = (tokens: readonly string[], at: number): number => -3.1 - knowing(tokens, at);
    const told = await judged({ answer: wrongAnswer, likelihood: unknowing });
    expect(figuresOf(told, 'accuracy')).toEqual([0, 0, 0, 0, 0]);
    expect(figuresOf(told, 'auc').slice(0, 2)).toEqual([0, 0]);
    expect(figuresOf(told, 'unusable')).toEqual([0, 0, 0, 0, 0]);
    expect(told.tasks.ranking!.ndcg).toBeLessThan(0.7);
  });

  it('has nothing but unusable answers where it babbles, and these are not correct', async () => {
    const told = await judged({ answer: () => 'Well. {"order": [1,' });
    expect(figuresOf(told, 'unusable')).toEqual([1, 1, 1, 1, 1]);
    expect(figuresOf(told, 'accuracy')).toEqual([0, 0, 0, 0, 0]);
    expect(told.tasks.ranking!.ndcg).toBe(0);
  });

  it('stands beside chance and who takes the first on offer', async () => {
    const { tasks } = await judged({ answer: rightAnswer });
    const inOrder = 1 + 1 / Math.log2(3) + 1 / 2 + 1 / Math.log2(5);
    const skill = { accuracy: 0.25, ndcg: expect.closeTo(inOrder / 4, 9) };
    expect(tasks.purchase!.baselines).toEqual({ random: { accuracy: 0.5 }, first: { accuracy: 0.5 } });
    expect(tasks['next-item']!.baselines).toEqual({ random: skill, first: skill });
    expect(tasks.ranking!.baselines).toEqual({ random: skill, first: skill });
    expect(tasks.explanation!.baselines.random.accuracy).toBe(0.25);
  });

  it('without log-probabilities has no AUC, a note that says so, and is asked for them once', async () => {
    llm = await startScriptedLlm({ answer: rightAnswer });
    llm.always(llmFaults.refuse('echo'));
    const told = await judging(llm, { concurrency: 1 });
    expect(figuresOf(told, 'auc')).toEqual(Array.from({ length: 5 }, () => undefined));
    expect(told.notes).toEqual([expect.stringContaining('no AUC: ')]);
    expect(figuresOf(told, 'accuracy')).toEqual([1, 1, 1, 1, 1]);
    expect(llm.requests.filter(({ path }) => path === '/v1/completions')).toHaveLength(1);
  });

  it('costs what its tokens cost', async () => {
    const told = await judged({ answer: rightAnswer }, { prices: { input: 2e6, output: 1e6 } });
    const { tokens, cost } = told.tasks['next-item']!;
    // Four times messages of 2 and 3 words, and an answer of one.
    expect([tokens, cost]).toEqual([{ input: 20, output: 4 }, 2 * 20 + 4]);
    expect((await judging(llm!)).tasks['next-item']!.cost).toBeUndefined();
  });

  it('is timed, tries included', async () => {
    let ms = 0;
    const clock = { monotonic: () => ms };
    const answer = (messages: readonly LlmMessage[]): string => {
      ms += 50;
      return rightAnswer(messages);
    };
    const told = await judged({ answer }, { clock, concurrency: 1, lines: LINES.slice(-4) });
    expect(told.tasks.explanation!.latencyMs).toEqual({ p50: 50, p95: 50 });
  });

  it('is asked the messages without the answer, at temperature 0, as many at a time as are allowed', async () => {
    const hanging = LINES.map(() => llmFaults.hang);
    llm = await startScriptedLlm({ faults: hanging });
    const stopping = new AbortController();
    const judgement = judging(llm, { concurrency: 3, signal: stopping.signal });
    const { body } = await llm.asked(3);
    expect(body).toMatchObject({ temperature: 0, messages: [{ role: 'system' }, { role: 'user' }] });
    stopping.abort(new Error('stopped'));
    expect(await judgement).toMatchObject({ tasks: {}, failed: 0, lines: 52 });
    expect(llm.requests).toHaveLength(3);
  });

  it('tells of what was answered where it is stopped', async () => {
    const stopping = new AbortController();
    const progress = (done: number): void => (done === 10 ? stopping.abort(new Error('stopped')) : undefined);
    const told = await judged({ answer: rightAnswer }, { signal: stopping.signal, concurrency: 1, progress });
    expect([told.tasks.rating!.cases, Object.keys(told.tasks)]).toEqual([10, ['rating']]);
  });

  it('is not asked on after five failures in a row; single ones are counted', async () => {
    llm = await startScriptedLlm({ key: 'secret-key' });
    const asked = { url: llm.url, model: llm.model, key: 'wrong-key-7', timeoutMs: 5_000 };
    const refused = await judging(llm, { asked, concurrency: 1 });
    expect([refused.failed, llm.requests.length]).toEqual([5, 5]);
    expect(refused.stoppedBy).toContain('check ATTUNE_LLM_KEY');
    expect(JSON.stringify(refused)).not.toContain('wrong-key-7');
    await llm.close();
    const faults = Array.from({ length: 6 }, () => [llmFaults.status(400), llmFaults.slow(0)]).flat();
    const single = await judged({ answer: rightAnswer, faults }, { concurrency: 1, lines: LINES.slice(-12) });
    expect([single.failed, single.tasks.explanation!.cases, single.stoppedBy]).toEqual([6, 2, undefined]);
  });

  it('is not opened where its address cannot be used', async () => {
    const asked = { url: 'ftp://models', model: 'm', key: undefined, timeoutMs: 1 };
    await expect(judgeModel(LINES, { ...FRAME, asked })).rejects.toMatchObject({ kind: 'refused' });
  });
});

const FRAME = {
  concurrency: 1,
  signal: new AbortController().signal,
  clock: { monotonic: () => 0 },
  progress: () => undefined,
};
