import fc from 'fast-check';
import { instructionLines, type InstructionOptions, type MadeLine } from './instruction-lines.js';
import { INSTRUCTION_TASKS, instructionLineSchema, type InstructionLine } from './instruction.schema.js';
import type { InstructionLog } from './shop-log.js';
import { dayOf, smallLog, titleOf, userIdOf, type SmallEvent } from './testing/small-log.js';

const ALL: InstructionOptions = { tasks: INSTRUCTION_TASKS, limitPerTask: 1e6, heldOutShare: 0.3, seed: 7 };
const made = (log: InstructionLog, options: Partial<InstructionOptions> = {}): readonly MadeLine[] =>
  [...instructionLines(log, { ...ALL, ...options }).lines()].filter((one) => one !== undefined);
const linesOf = (...args: Parameters<typeof made>): readonly InstructionLine[] => made(...args).map(({ line }) => line);

/** Two ratings at the start fix the scale, by somebody of whom nothing is told. */
const SCALE: readonly SmallEvent[] = [1, 5].map((value) => ({ user: 0, item: 0, type: 'rating', day: 0, value }));
const types = ['purchase', 'view', 'add_to_cart', 'rating', 'like', 'dislike', 'impression'];
const event = fc.record({
  user: fc.integer({ min: 0, max: 5 }),
  item: fc.integer({ min: 0, max: 29 }),
  type: fc.constantFrom(...types),
  day: fc.integer({ min: 1, max: 12 }),
  value: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
});
const events = fc.array(event, { minLength: 40, maxLength: 120, size: 'max' }).map((some) => [...SCALE, ...some]);

const RUNS = { numRuns: 20 };

/** Titles of a history, as the message of the user has them. */
const historyOf = ({ messages: [, { content }] }: InstructionLine): readonly string[] => {
  const [, list = ''] = /^Taken up, the latest first:\n([^]*?)\nItems?:/.exec(content) ?? [];
  return list.split('\n').map((line) => /"(.*)"$/.exec(line)?.[1] ?? '');
};
const itemOf = ({ messages: [, { content }] }: InstructionLine): string => /\nItem: "(.*)"$/.exec(content)?.[1] ?? '';

describe('instruction lines', () => {
  it('tell of nothing that came at or after the moment of what is asked for', () => {
    fc.assert(
      fc.property(events, (log) => {
        for (const { user, line } of made(smallLog(log))) {
          const own = log.filter((one) => one.user === user);
          const before = (one: SmallEvent): boolean => dayOf(one.day) < line.at;
          const known = new Set(own.filter(before).map(({ item }) => titleOf(item)));
          expect(historyOf(line).filter((title) => !known.has(title))).toEqual([]);
          const sold = new Set(log.filter(before).map(({ item }) => titleOf(item)));
          const taken = new Set(own.filter(({ day }) => dayOf(day) === line.at).map(({ item }) => titleOf(item)));
          const offered = 'candidates' in line ? line.candidates : [itemOf(line)];
          expect(offered.filter((title) => !sold.has(title) && !taken.has(title))).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('that teach are the same where nothing had happened from the moment of the split on', () => {
    fc.assert(
      fc.property(events, (log) => {
        const all = linesOf(smallLog(log));
        const held = all.filter(({ split }) => split === 'held-out').map(({ at }) => at);
        const train = all.filter(({ split }) => split === 'train');
        const moment = held.sort()[0] ?? '9999';
        expect(train.filter(({ at }) => at >= moment)).toEqual([]);
        const past = smallLog(log.filter(({ day }) => dayOf(day) < moment));
        expect(linesOf(past, { heldOutShare: 0 })).toEqual(train);
      }),
      RUNS,
    );
  });

  it('are right: what is expected happened on that day, what is not did not', () => {
    fc.assert(
      fc.property(events, (log) => {
        for (const { user, line } of made(smallLog(log))) {
          const then = log.filter((one) => one.user === user && dayOf(one.day) === line.at);
          const did = (...how: readonly string[]): ReadonlySet<string> =>
            new Set(then.filter(({ type }) => how.includes(type)).map(({ item }) => titleOf(item)));
          if (line.task === 'purchase') expect(did('purchase').has(itemOf(line))).toBe(line.expected.answer === 'yes');
          if (line.task === 'next-item')
            expect([...did('purchase', 'view', 'add_to_cart', 'like', 'rating')]).toContain(
              line.candidates[line.expected.next - 1],
            );
          if (line.task !== 'ranking') continue;
          const bought = line.candidates.flatMap((title, i) => (did('purchase').has(title) ? [i + 1] : []));
          expect(line.expected.bought).toEqual(bought);
          expect(line.expected.order.slice(0, bought.length)).toEqual(bought);
          expect([...line.expected.order].sort((a, b) => a - b)).toEqual(line.candidates.map((_, i) => i + 1));
        }
      }),
      RUNS,
    );
  });

  it('fit their schema, name nobody, and are of nobody who is not told of', () => {
    fc.assert(
      fc.property(events, (log) => {
        for (const { user, line } of made(smallLog(log))) {
          expect(instructionLineSchema.parse(JSON.parse(JSON.stringify(line)))).toEqual(line);
          expect(user).not.toBe(0);
          for (let other = 0; other < 6; other++) expect(JSON.stringify(line)).not.toContain(userIdOf(other));
          expect(JSON.stringify(line)).not.toMatch(/item-\d+-id|\d\d:\d\d/);
        }
      }),
      RUNS,
    );
  });

  it('follow from log and options alone; another seed asks otherwise', () => {
    const log = fc.sample(events, { numRuns: 1, seed: 3 })[0]!;
    expect(linesOf(smallLog(log))).toEqual(linesOf(smallLog(log)));
    expect(linesOf(smallLog(log))).not.toEqual(linesOf(smallLog(log), { seed: 8 }));
  });

  it('are as many as asked for of each task at most, and of the tasks that were asked for', () => {
    const log = smallLog(
      Array.from({ length: 200 }, (_, i) => ({ user: 1 + (i % 5), item: i % 30, type: 'purchase', day: i })),
    );
    expect(linesOf(log, { tasks: ['ranking', 'purchase'], limitPerTask: 20 }).map(({ task }) => task)).toEqual([
      ...Array.from({ length: 20 }, () => 'purchase'),
      ...Array.from({ length: 20 }, () => 'ranking'),
    ]);
  });

  it.each([0, 0.1, 0.5])('hold out a share of %d of the events, the latest', (heldOutShare) => {
    const log = smallLog(
      Array.from({ length: 400 }, (_, i) => ({ user: 1 + (i % 5), item: i % 30, type: 'purchase', day: i })),
    );
    const lines = linesOf(log, { tasks: ['purchase'], heldOutShare });
    const held = lines.filter(({ split }) => split === 'held-out').map(({ at }) => at);
    expect(held.length).toBe(heldOutShare * 400);
    if (held.length > 0) expect(held.sort()[0]).toBe(dayOf(400 - heldOutShare * 400));
  });
});
