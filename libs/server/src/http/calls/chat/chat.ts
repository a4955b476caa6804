import { blankedPersonalData } from '@attune/language';
import {
  filterOf,
  intentOf,
  moneyIn,
  newDialogue,
  stateAfter,
  toldTitle,
  type DialogueState,
  type Telling,
  type TurnIntent,
  type Wish,
} from '@attune/language/understanding';
import type { OpenedChat, Said } from '../../../chat/chat-sessions.js';
import { callFor } from '../../../llm/call-for.js';
import type { ChatAnswer, ChatAsked, ChatEvent } from '../../operations/chat.operations.js';
import { checkFilterable } from '../filterable.js';
import { refuseUntilReady, type Asking } from '../slates/asking.js';
import { ChatModel } from './chat-model.js';
import { answerTurn } from './answer-turn.js';
import type { Outcome, Turn } from './turn.js';

/** Fewer words are searched by as they are. In Chinese two characters count as one. */
const LEAST_WORDS = 3;
const WORD = /\p{Script=Han}{1,2}|[^\s\p{Script=Han}]+/gu;
const FIXED: ReadonlySet<TurnIntent['kind']> = new Set(['order-status', 'handover', 'not-shown']);

/**
 * Begins a turn: what it is refused for it is refused for here, before anything is told.
 * @throws AttuneError NOT_READY, FIELD_NOT_FILTERABLE, SURFACE_NOT_FOUND, STORE_UNAVAILABLE
 */
export async function beginChat(
  asked: ChatAsked,
  asking: Asking,
  signal: AbortSignal,
): Promise<AsyncGenerator<ChatEvent>> {
  refuseUntilReady(asking.platform);
  checkFilterable(asked.filter, asking.platform.config.attributes);
  const { chats, facts } = asking.tenant;
  const end = await chats.turn(asked.chatId ?? asking.requestId);
  try {
    const session = await chats.open(asked.chatId, asked);
    const turn = readTurn(asked, { asking, session, facts: await facts.get(), signal });
    const events = told(turn, session, end);
    endWith(events, signal, end);
    return events;
  } catch (error) {
    end();
    throw error;
  }
}

/** A generator that nobody begins to read never gets to its end: the next turn would wait for it for good. */
function endWith(events: AsyncGenerator<ChatEvent>, signal: AbortSignal, end: () => void): void {
  const leave = (): void => void events.return(undefined).finally(end);
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
}

interface TurnParts extends Pick<Turn, 'asking' | 'facts' | 'signal'> {
  readonly session: OpenedChat;
}

/** A turn as the tables read it. */
function readTurn(asked: ChatAsked, { asking, session, facts, signal }: TurnParts): Turn {
  const language = asked.language ?? languageOfTurn(asked.message, session.state);
  // Taken apart, an address has no form any more by which it could be kept from a language model.
  const wish = facts.reader.read(blankedPersonalData(asked.message));
  const before = { ...(session.state ?? newDialogue(language)), language };
  const blocked = asking.platform.config.llm.blocked;
  const telling = { language, blocked, money: moneyIn(language, facts.wishes.currency) };
  const { chatId, said } = session;
  return understood({ asked, asking, chatId, viewer: asked, said, facts, telling, signal, before }, wish);
}

/** A turn that is meant so. */
function understood(turn: Omit<Turn, 'wish' | 'intent' | 'state'>, wish: Wish): Turn {
  const { before, asked } = turn;
  const intent = intentOf(asked.message, wish, before);
  return { ...turn, wish, intent, state: stateAfter(before, { text: asked.message, wish, intent }) };
}

/** As a language model reads it, where the tables leave words that they know nothing of. */
async function reread(turn: Turn, model: ChatModel | undefined): Promise<Turn> {
  const { intent, wish, asked } = turn;
  const isOpen =
    intent.kind === 'unclear' || (intent.kind === 'find' && [...wish.rest.matchAll(WORD)].length >= LEAST_WORDS);
  const read = isOpen ? await model?.read(asked.message, wish, turn) : undefined;
  return read === undefined ? turn : understood(turn, read);
}

/** A word or two is of the language spoken so far: "ok" is said in Chinese, too. */
function languageOfTurn(message: string, before: DialogueState | undefined): Telling['language'] {
  if (/\p{Script=Han}/u.test(message)) return 'zh';
  return before === undefined || /\p{Script=Latin}{4}/u.test(message) ? 'en' : before.language;
}

async function* told(read: Turn, session: OpenedChat, end: () => void): AsyncGenerator<ChatEvent> {
  const { asking, asked, telling, viewer } = read;
  const { tenant, platform } = asking;
  const began = platform.clock.monotonic();
  const tools: ChatAnswer['tools'] = [];
  const { chatId } = session;
  try {
    const head = { chatId, resumed: session.state !== undefined, language: telling.language };
    yield { event: 'chat', data: head };
    const { chat } = platform.config;
    const call = callFor({ tenant: tenant.tenant, deadlineMs: chat.budgetMs, clock: platform.clock });
    const model = chat.budgetMs === 0 ? undefined : await ChatModel.of(tenant, chat, call);
    const turn = await reread(read, model);
    const outcome = yield* watched(answerTurn(turn), tools);
    const worded = isWorded(turn) ? await model?.word(outcome, turn) : undefined;
    const spoken = { ...outcome, reply: worded ?? outcome.reply };
    yield { event: 'text', data: { text: spoken.reply } };
    const said = [...turn.said, saidBy('shopper', asked.message), saidBy('assistant', spoken.reply)];
    await tenant.chats.keep({ chatId, state: spoken.state, said }, viewer);
    const source = worded === undefined ? 'guided' : 'llm';
    const tookMs = platform.clock.monotonic() - began;
    const degraded = [...call.degraded];
    yield { event: 'done', data: { ...head, ...answerOf(spoken, telling), tools, source, degraded, tookMs } };
  } finally {
    end();
  }
}

const saidBy = (who: Said['who'], text: string): Said => ({ who, text });

/** What is said of orders and persons is not put into other words. */
const isWorded = ({ intent }: Turn): boolean => !FIXED.has(intent.kind);

/** As it is told, with the calls of tools kept. */
async function* watched(
  answering: AsyncGenerator<ChatEvent, Outcome>,
  tools: ChatAnswer['tools'],
): AsyncGenerator<ChatEvent, Outcome> {
  for (;;) {
    const next = await answering.next();
    if (next.done === true) return next.value;
    if (next.value.event === 'tool') tools.push(next.value.data);
    yield next.value;
  }
}

function answerOf({ reply, state, cited, quickReplies, ...shown }: Outcome, telling: Telling) {
  const { slate, comparison, order, handover } = shown;
  const filter = filterOf(state.constraints);
  return {
    reply,
    ...(slate && { slate }),
    ...(comparison && { comparison }),
    ...(order && { order }),
    ...(handover && { handover }),
    citations: cited
      .filter(({ place }) => reply.includes(`[${place}]`))
      .map(({ place, item }) => ({ place, id: item.id, title: toldTitle(item, telling) })),
    understood: {
      query: state.query,
      ...(filter && { filter }),
      unwanted: [...state.unwanted],
      ...(state.sort && { sort: state.sort }),
    },
    quickReplies,
  };
}
