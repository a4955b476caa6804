import { createHash } from 'node:crypto';
import { INSTRUCTION_PROMPTS } from './instruction.prompts.js';
import { instructionLines } from './instruction-lines.js';
import { INSTRUCTION_TASKS, instructionLineSchema, type InstructionLine } from './instruction.schema.js';
import { askOfLine, choicesOfLine, firstChoice, judgedLine, wantedOfLine, wordsOfLine } from './judge.js';
import { smallLog, type SmallEvent } from './testing/small-log.js';

const purchases = Array.from({ length: 60 }, (_, i): SmallEvent => ({
  user: 1 + (i % 3),
  item: (i * 7) % 30,
  type: 'purchase',
  day: i,
}));
const ratings = [1, 5, 4].map((value, i): SmallEvent => ({ user: 1, item: i, type: 'rating', day: 60 + i, value }));
const lines = [
  ...instructionLines(smallLog([...purchases, ...ratings]), {
    ...{ tasks: INSTRUCTION_TASKS, limitPerTask: 100, heldOutShare: 0.2, seed: 1 },
  }).lines(),
].flatMap((one) => one?.line ?? []);
const lineOf = (task: InstructionLine['task']): InstructionLine => lines.findLast((line) => line.task === task)!;
const withExpected = (line: InstructionLine, expected: object): InstructionLine =>
  instructionLineSchema.parse({ ...line, expected });

describe('judging', () => {
  it.each(INSTRUCTION_TASKS)('finds the answer of every line of %s correct', (task) => {
    const own = lines.filter((line) => line.task === task);
    expect(own.length).toBeGreaterThan(0);
    for (const line of own) expect(judgedLine(line, line.messages[2].content)).toMatchObject({ correct: true });
  });

  it('takes a word whatever stands around it, and nothing else for one', () => {
    const line = withExpected(lineOf('purchase'), { answer: 'yes' });
    for (const text of ['yes', ' Yes.', '"YES"', 'Answer: yes', 'yes, for sure'])
      expect(judgedLine(line, text)).toEqual({ correct: true });
    expect(judgedLine(line, 'No!')).toEqual({ correct: false });
    for (const text of ['', 'maybe', 'yesterday', 'not sure', 'I would say yes', '{"next": 1}'])
      expect(judgedLine(line, text)).toBeUndefined();
  });

  it('takes JSON whatever stands around it; numbers that do not exist are no answer', () => {
    const line = withExpected(lineOf('next-item'), { next: 3 });
    expect(judgedLine(line, 'Sure!\n```json\n{"next": 3}\n```')).toEqual({
      correct: true,
      order: [2, 0, 1, 3, 4, 5, 6, 7, 8, 9],
    });
    expect(judgedLine(line, '{"next": 1}')).toMatchObject({ correct: false });
    for (const text of [
      '3',
      '{"next": 0}',
      '{"next": 11}',
      '{"next": 2.5}',
      '{"next": "3"}',
      '{"next": ',
      'null',
      '}{',
    ])
      expect(judgedLine(line, text)).toBeUndefined();
  });

  it('mends orders, and has none where no number of them exists', () => {
    const line = withExpected(lineOf('ranking'), { order: [2, 1], bought: [2] });
    expect(judgedLine(line, '{"order": [99, 2, 2, -1]}')).toEqual({
      correct: true,
      order: [1, 0, 2, 3, 4, 5, 6, 7, 8, 9],
    });
    expect(judgedLine(line, '{"order": [1, 2]}')).toMatchObject({ correct: false });
    for (const text of ['{"order": []}', '{"order": [99]}', '{"order": "1"}', '[1]'])
      expect(judgedLine(line, text)).toBeUndefined();
  });

  it('finds evidence correct where each piece bears the reason out', () => {
    const line = withExpected(lineOf('explanation'), { reason: 'r', evidence: [1, 2] });
    const said = (evidence: readonly number[]): string => JSON.stringify({ evidence, reason: 'because' });
    expect([[1], [2, 1], [1, 3], [99], []].map((evidence) => judgedLine(line, said(evidence))?.correct)).toEqual([
      ...[true, true, false, false, undefined],
    ]);
  });
});

describe('a line', () => {
  it('is asked without its answer, with a schema where that is JSON', () => {
    for (const line of lines) {
      const { messages, maxTokens, schema } = askOfLine(line);
      expect(messages).toEqual(line.messages.slice(0, 2));
      expect(maxTokens).toBeGreaterThanOrEqual(8);
      expect(schema === undefined).toBe(line.task === 'rating' || line.task === 'purchase');
    }
  });

  it('that is answered with a word has two continuations of one text', () => {
    for (const line of lines) {
      const words = wordsOfLine(line);
      expect(words?.map(({ then }) => then)).toEqual('answer' in line.expected ? [' yes', ' no'] : undefined);
      if (words === undefined) continue;
      expect(words[0]!.given).toBe(words[1]!.given);
      expect(words[0]!.given).toMatch(/\n\nAnswer:$/);
    }
  });

  it('says what chance and the first on offer get', () => {
    expect(choicesOfLine(lineOf('purchase'))).toEqual({ of: 2, correct: 1 });
    expect(choicesOfLine(lineOf('next-item'))).toEqual({ of: 10, correct: 1 });
    const ranking = withExpected(lineOf('ranking'), { order: [2, 1], bought: [2, 4] });
    expect([choicesOfLine(ranking), [...wantedOfLine(ranking)!]]).toEqual([{ of: 10, correct: 2 }, [1, 3]]);
    for (const line of lines) expect(judgedLine(line, firstChoice(line))).toBeDefined();
    expect(judgedLine(ranking, firstChoice(ranking))).toMatchObject({
      correct: false,
      order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    });
  });
});

describe('what a file may hold', () => {
  const line = lineOf('next-item');
  it.each([
    ['a number beyond the candidates', { ...line, expected: { next: 99 } }],
    ['no answer', { ...line, messages: line.messages.slice(0, 2) }],
    ['roles in another order', { ...line, messages: [...line.messages].reverse() }],
    ['a task that is not there', { ...line, task: 'singing' }],
    ['a member more', { ...line, userId: 'ann' }],
    ['an exact time', { ...line, at: '2026-01-01T10:00:00Z' }],
  ])('is not %s', (_, value) => {
    expect(instructionLineSchema.safeParse(line).success).toBe(true);
    expect(instructionLineSchema.safeParse(value).success).toBe(false);
  });
});

/** What each version sends for these data, by its digest: whoever changes a prompt raises its version, and then this table. */
const SENT = {
  'instruction-rating@1': 'f8edc7702743',
  'instruction-purchase@1': 'f6e8816ca481',
  'instruction-next-item@1': '89c114b956b2',
  'instruction-ranking@1': 'a3a09abfe0f2',
  'instruction-explanation@1': '3a3688f6ad84',
};

describe('prompts of instructions', () => {
  it('send what they sent', () => {
    const described = { title: 'Red mug', facts: [] };
    const history = [{ item: 0, how: 'bought', described } as const];
    const data = { history, title: 'Blue "deluxe" mug', candidates: ['Lamp', 'Mug'] };
    const sent = INSTRUCTION_TASKS.map((task) => {
      const ask = INSTRUCTION_PROMPTS[task].ask(data);
      return [ask.prompt, createHash('sha256').update(JSON.stringify(ask)).digest('hex').slice(0, 12)];
    });
    expect(Object.fromEntries(sent)).toEqual(SENT);
  });
});
