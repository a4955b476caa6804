import type { LlmAsk } from '@attune/sdk';
import { type Chance, shuffled } from './chance.js';
import type { ItemFact } from './instruction-item.js';
import { INSTRUCTION_PROMPTS } from './instruction.prompts.js';
import {
  type InstructionLine,
  type InstructionLineOf,
  type InstructionTask,
  MOST_CANDIDATES,
} from './instruction.schema.js';
import type { PastDraws } from './past-draws.js';
import type { Past, ShopLog } from './shop-log.js';
import { isTakenUp } from './targets.js';

/** What an example is made of. */
export interface Target {
  /** The event that is asked for. */
  readonly row: number;
  readonly split: InstructionLine['split'];
  /** What its person took up before, not empty. */
  readonly history: readonly Past[];
  readonly log: ShopLog;
  /** As of the event's moment. */
  readonly draws: PastDraws;
  readonly chance: Chance;
}

/** Of a basket, at most so many are among the candidates: there has to be something to put behind them. */
const MOST_BOUGHT = 5;
/** Items of the past that have to share a value, and those of them that are named. */
const [LEAST_SHARING, MOST_EVIDENCE] = [2, 3];

/** Makes the example of a task; undefined where the event does not make one. */
export const EXAMPLES: { readonly [T in InstructionTask]: (target: Target) => InstructionLineOf<T> | undefined } = {
  rating(target) {
    const { row, history, log } = target;
    const { title } = log.described(row)!;
    const answer = log.how(row) === 'liked' ? 'yes' : 'no';
    const asked = INSTRUCTION_PROMPTS.rating.ask({ history, title });
    return { task: 'rating', ...framed(target, asked, answer), expected: { answer } };
  },

  purchase(target) {
    const { row, history, log, draws, chance } = target;
    const answer = chance() < 0.5 ? 'yes' : 'no';
    const [other] = draws.draw(1, basketOf(row, log), chance);
    // Also where the answer is yes: else those who could be offered nothing else would always buy.
    if (other === undefined) return undefined;
    const { title } = log.log.described[answer === 'yes' ? log.log.items[row]! : other]!;
    const asked = INSTRUCTION_PROMPTS.purchase.ask({ history, title });
    return { task: 'purchase', ...framed(target, asked, answer), expected: { answer } };
  },

  'next-item'(target) {
    const { row, history, log, draws, chance } = target;
    const item = log.log.items[row]!;
    // To put into the cart what one just looked at is no news.
    if (history[0]!.item === item) return undefined;
    const others = draws.draw(MOST_CANDIDATES - 1, takenAtOnce(row, log), chance);
    if (others.length === 0) return undefined;
    const order = shuffled([item, ...others], chance);
    const candidates = titlesOf(order, log);
    const expected = { next: order.indexOf(item) + 1 };
    const asked = INSTRUCTION_PROMPTS['next-item'].ask({ history, candidates });
    return { task: 'next-item', ...framed(target, asked, JSON.stringify(expected)), expected, candidates };
  },

  ranking(target) {
    const { row, history, log, draws, chance } = target;
    const basket = basketOf(row, log);
    const bought = distinctTitles(shuffled(basket, chance), log).slice(0, MOST_BOUGHT);
    const others = draws.draw(MOST_CANDIDATES - bought.length, basket, chance);
    if (others.length === 0) return undefined;
    const items = shuffled([...bought, ...others], chance);
    const first = items.flatMap((item, i) => (bought.includes(item) ? [i + 1] : []));
    const order = [...first, ...items.flatMap((item, i) => (bought.includes(item) ? [] : [i + 1]))];
    const candidates = titlesOf(items, log);
    const asked = INSTRUCTION_PROMPTS.ranking.ask({ history, candidates });
    const frame = framed(target, asked, JSON.stringify({ order }));
    return { task: 'ranking', ...frame, expected: { order, bought: first }, candidates };
  },

  explanation(target) {
    const { row, history, log } = target;
    const { title, facts } = log.described(row)!;
    const best = mostShared(facts, history);
    if (best === undefined || history.some(({ described }) => described.title === title)) return undefined;
    const { attribute, value } = best.fact;
    // As the reason `attribute-match` of slates says it.
    const reason = `Matches your taste: ${attribute} ${value}`;
    const asked = INSTRUCTION_PROMPTS.explanation.ask({ history, title });
    const answer = JSON.stringify({ evidence: best.numbers.slice(0, MOST_EVIDENCE), reason });
    const candidates = history.map(({ described }) => described.title);
    const expected = { reason, evidence: best.numbers };
    return { task: 'explanation', ...framed(target, asked, answer), expected, candidates };
  },
};

/** What every line has. */
function framed(
  { row, split, log }: Target,
  { messages: [system, user] }: LlmAsk,
  answer: string,
): Pick<InstructionLine, 'split' | 'messages' | 'at'> {
  return {
    split,
    messages: [
      { role: 'system', content: system!.content },
      { role: 'user', content: user!.content },
      { role: 'assistant', content: answer },
    ],
    // A day and no more: the exact time of a purchase is as good as a name.
    at: new Date(log.log.at[row]!).toISOString().slice(0, 10),
  };
}

const titlesOf = (items: readonly number[], { log }: ShopLog): string[] =>
  items.map((item) => log.described[item]!.title);

/** Items that the person of an event bought at its moment. */
const basketOf = (row: number, log: ShopLog): readonly number[] =>
  itemsOf(
    log.atOnce(row).filter((other) => log.how(other) === 'bought'),
    log,
  );

/** Items that he took up at its moment in whatever way: each would be right. */
const takenAtOnce = (row: number, log: ShopLog): readonly number[] =>
  itemsOf(
    log.atOnce(row).filter((other) => isTakenUp(other, log)),
    log,
  );

const itemsOf = (rows: readonly number[], { log }: ShopLog): readonly number[] => [
  ...new Set(rows.map((row) => log.items[row]!)),
];

function distinctTitles(items: readonly number[], { log }: ShopLog): readonly number[] {
  const titles = new Set<string>();
  return items.filter((item) => {
    const title = log.described[item]?.title;
    if (title === undefined || titles.has(title)) return false;
    return titles.add(title);
  });
}

interface Shared {
  readonly fact: ItemFact;
  /** Places in the history, from 1. */
  readonly numbers: number[];
}

/** The fact that most of a history has, too; of equals the first. */
function mostShared(facts: readonly ItemFact[], history: readonly Past[]): Shared | undefined {
  let best: Shared | undefined;
  for (const fact of facts) {
    const has = ({ described }: Past): boolean =>
      described.facts.some(({ attribute, value }) => attribute === fact.attribute && value === fact.value);
    const numbers = history.flatMap((past, i) => (has(past) && past.how !== 'did not like' ? [i + 1] : []));
    if (numbers.length >= LEAST_SHARING && numbers.length > (best?.numbers.length ?? 0)) best = { fact, numbers };
  }
  return best;
}
