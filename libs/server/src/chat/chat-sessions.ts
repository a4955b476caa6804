import { randomUUID } from 'node:crypto';
import { dialogueStateSchema, type DialogueState } from '@attune/language/understanding';
import type { PageViewer, SharedPages } from '@attune/sdk';
import { z } from 'zod';
import { Turns } from '../turns.js';
import type { Forgets, Forgotten } from '../erase/forgets.js';

/** More of one tenant in one process are forgotten, the oldest first. */
const MOST = 10_000;
/** Longer than any turn takes: one that was under way when its person was forgotten is not kept after it. */
const BARRED_MS = 60_000;
const [MOST_SAID, SAID_CHARS] = [12, 500];
/** Beside frozen slates in the store that processes share. */
const PREFIX = 'chat-';

const saidSchema = z.strictObject({ who: z.enum(['shopper', 'assistant']), text: z.string() });
/** Something that was said in a conversation. */
export type Said = z.output<typeof saidSchema>;

const sessionSchema = z.strictObject({
  viewer: z.strictObject({ userId: z.string().exactOptional(), anonymousId: z.string().exactOptional() }),
  state: dialogueStateSchema,
  said: z.array(saidSchema).readonly(),
  /** Epoch ms. */
  expiresAt: z.number(),
});
type Session = z.output<typeof sessionSchema>;

/** What a turn begins with. */
export interface OpenedChat {
  readonly chatId: string;
  /** As the turn before left it; undefined where there was none. */
  readonly state: DialogueState | undefined;
  /** What was said so far, oldest first, the latest twelve. */
  readonly said: readonly Said[];
}

export interface ChatSessionsOptions {
  /** Where other processes find them; undefined where there are none. */
  readonly pages: SharedPages | undefined;
  readonly clock: { now(): number };
  readonly lifeMs: number;
}

/** The conversations of a tenant that are under way: in memory, and where there are other processes, with them. */
export class ChatSessions implements Forgets {
  readonly place = 'caches';
  readonly #own = new Map<string, Session>();
  readonly #turns = new Turns();
  /** Who was forgotten lately. */
  #barred: readonly { readonly who: Forgotten; readonly until: number }[] = [];

  constructor(private readonly options: ChatSessionsOptions) {}

  /** Begins a turn once the one before has ended. Resolves with what ends it, which must be called. */
  turn(chatId: string): Promise<() => void> {
    return new Promise((begin) => void this.#turns.take(chatId, () => new Promise<void>((end) => begin(end))));
  }

  /**
   * The conversation of that id where it is still known and that person’s; else a new one, under an id that nobody can guess.
   * @throws AttuneError STORE_UNAVAILABLE
   */
  async open(chatId: string | undefined, viewer: PageViewer): Promise<OpenedChat> {
    const session = chatId === undefined ? undefined : await this.#find(chatId);
    if (chatId === undefined || session === undefined || !isSame(session.viewer, viewer))
      return { chatId: randomUUID(), state: undefined, said: [] };
    return { chatId, state: session.state, said: session.said };
  }

  /** Keeps a conversation for the next turn. */
  async keep(
    { chatId, state, said }: OpenedChat & { readonly state: DialogueState },
    viewer: PageViewer,
  ): Promise<void> {
    const { pages, clock, lifeMs } = this.options;
    const short = said.slice(-MOST_SAID).map(({ who, text }) => ({ who, text: text.slice(0, SAID_CHARS) }));
    const session = { viewer: viewerOf(viewer), state, said: short, expiresAt: clock.now() + lifeMs };
    if (pages !== undefined)
      return void (await pages.put(PREFIX + chatId, { text: JSON.stringify(session), viewer, lifeMs }));
    this.#own.delete(chatId);
    if (this.#stillBarred().some(({ who }) => isOf(session, who))) return;
    this.#own.set(chatId, session);
    for (const [id, { expiresAt }] of this.#own) {
      if (expiresAt > clock.now() && this.#own.size <= MOST) break;
      this.#own.delete(id);
    }
  }

  /** Those that other processes share go with the frozen slates, which are in the same store. */
  forget(who: Forgotten): number {
    this.#barred = [...this.#stillBarred(), { who, until: this.options.clock.now() + BARRED_MS }];
    const theirs = [...this.#own].filter(([, session]) => isOf(session, who));
    for (const [id] of theirs) this.#own.delete(id);
    return theirs.length;
  }

  forgetAll(): void {
    this.#own.clear();
  }

  #stillBarred() {
    return this.#barred.filter(({ until }) => until > this.options.clock.now());
  }

  async #find(chatId: string): Promise<Session | undefined> {
    const { pages, clock } = this.options;
    const text = await pages?.get(PREFIX + chatId);
    const session = text === undefined ? this.#own.get(chatId) : sessionIn(text);
    return session !== undefined && session.expiresAt > clock.now() ? session : undefined;
  }
}

/** Another version may have written it, or it is no conversation. */
function sessionIn(text: string): Session | undefined {
  try {
    return sessionSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const isOf = ({ viewer }: Session, { userIds, anonymousIds }: Forgotten): boolean =>
  userIds.includes(viewer.userId ?? '') || anonymousIds.includes(viewer.anonymousId ?? '');
const isSame = (one: PageViewer, other: PageViewer): boolean =>
  one.userId === other.userId && one.anonymousId === other.anonymousId;

const viewerOf = ({ userId, anonymousId }: PageViewer): Session['viewer'] => ({
  ...(userId !== undefined && { userId }),
  ...(anonymousId !== undefined && { anonymousId }),
});
