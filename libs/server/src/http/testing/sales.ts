interface Sales {
  /** How many people buy item i. */
  readonly times: (i: number) => number;
  /** What their ids begin with; a number follows. */
  readonly buyer: string;
}

/** Purchases as events, one a buyer: which items sell best, without ties where `times` has none. */
export const salesOf = (items: readonly { readonly id: string }[], { times, buyer }: Sales): readonly object[] =>
  items.flatMap(({ id }, i) =>
    Array.from({ length: times(i) }, (_, n) => ({
      id: `${id} ${n}`,
      type: 'purchase',
      userId: `${buyer}${n}`,
      itemId: id,
    })),
  );
