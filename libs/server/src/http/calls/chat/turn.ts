import type { DialogueState, Telling, TurnIntent } from '@attune/language/understanding';
import type { Wish } from '@attune/language/understanding';
import type { Item, PageViewer } from '@attune/sdk';
import type { CatalogueFactsRead } from '../../../catalogue-facts/catalogue-facts-read.js';
import type { Said } from '../../../chat/chat-sessions.js';
import type { ChatAnswer, ChatAsked, ChatEvent } from '../../operations/chat.operations.js';
import type { Asking } from '../slates/asking.js';

/** One turn of a conversation, read and not yet answered. */
export interface Turn {
  readonly asked: ChatAsked;
  readonly asking: Asking;
  readonly chatId: string;
  readonly viewer: PageViewer;
  readonly said: readonly Said[];
  readonly facts: CatalogueFactsRead;
  readonly telling: Telling;
  readonly wish: Wish;
  readonly intent: TurnIntent;
  /** As the turn before left it. */
  readonly before: DialogueState;
  /** With what this turn asks for. */
  readonly state: DialogueState;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

type Shown = Pick<ChatAnswer, 'slate' | 'comparison' | 'order' | 'handover'>;

/** What came of a turn. */
export interface Outcome extends Shown {
  readonly reply: string;
  readonly state: DialogueState;
  /** The items that the reply may name, with their places. */
  readonly cited: readonly { readonly place: number; readonly item: Item }[];
  readonly quickReplies: ChatAnswer['quickReplies'];
}

/** Answers a turn, telling what it does on the way. */
export type Answering = AsyncGenerator<ChatEvent, Outcome>;

/** A reply and nothing else. */
export const replied = (
  reply: string,
  { state }: Pick<Turn, 'state'>,
  quickReplies: Outcome['quickReplies'] = [],
): Outcome => ({ reply, state, cited: [], quickReplies });
