/** One product of the demo shop, in the shape of a catalogue item. */
export interface DemoItem {
  /** Stock code, for example `85123A`. */
  readonly id: string;
  /** Readable title derived from the shop's short capitals. */
  readonly title: string;
  /** Product families read from the words of the title; empty where no word says one. */
  readonly categories: readonly string[];
  /** Patterns and themes read from the title, for example `retrospot`. */
  readonly tags: readonly string[];
  /** Median unit price over the year, in pounds. */
  readonly price: { readonly amount: number; readonly currency: 'GBP' };
  /** Colors and materials named in the title; a key is absent where the title names none. */
  readonly attributes: { readonly color?: readonly string[]; readonly material?: readonly string[] };
  /** Shared by variants that differ only in color or size under one stock number. */
  readonly groupId?: string;
  readonly available: true;
  /** First day of sale, ISO time. */
  readonly publishedAt: string;
}

/** One basket of an identified customer. */
export interface DemoEvent {
  /** `invoice-` and the invoice number. */
  readonly id: string;
  readonly type: 'purchase';
  readonly userId: string;
  /** Distinct stock codes in the order of the invoice, at least one. */
  readonly itemIds: readonly string[];
  /** Time of the invoice's first line, ISO, shifted by whole weeks; shop time is read as UTC. */
  readonly at: string;
  readonly context: { readonly country: string };
}
