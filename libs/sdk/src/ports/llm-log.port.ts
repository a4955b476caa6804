/** One call of a language model, and what was sent with it. */
export interface LoggedLlmCall {
  /** Unique. */
  readonly id: string;
  /** ISO time: when it was sent. */
  readonly at: string;
  /** Id and version of the prompt, as `listwise@1`. */
  readonly prompt: string;
  readonly model: string;
  /** `answered`, or the code of why there was no answer. */
  readonly outcome: string;
  readonly tokens: { readonly input: number; readonly output: number };
  /** In the currency of the prices. */
  readonly cost: number;
  /** Milliseconds it took. */
  readonly ms: number;
  /** Whose request it was: what erasing finds it by. Undefined where it was nobody's. */
  readonly userId?: string | undefined;
  /** Exactly what left the process, in order. */
  readonly sent: readonly { readonly role: string; readonly content: string }[];
}

/** What was sent to language models. Kept for a bounded time, and never in the way of a request. */
export interface LlmLog {
  /**
   * Takes a call to be written soon, at most a second later; drops it, counted, where the disk cannot keep up, or where
   * its messages have more than 1,048,576 characters.
   */
  record(call: LoggedLlmCall): void;
  /** Calls in order of recording, in pages; what was recorded before the call is among them. */
  scan(): AsyncIterable<readonly LoggedLlmCall[]>;
  /** The newest calls first, those of one prompt where asked. */
  recent(limit: number, prompt?: string): Promise<readonly LoggedLlmCall[]>;
  /** Removes every call of these people from disk; how many there were. */
  erase(who: { readonly userIds: readonly string[] }): Promise<number>;
  /** Resolves when everything recorded is on disk. */
  flush(): Promise<void>;
  /** Calls kept, calls dropped since the start, bytes on disk. */
  stats(): Promise<{ readonly calls: number; readonly dropped: number; readonly sizeBytes: number }>;
}
