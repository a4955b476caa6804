/** Events of a batch. */
export const ROWS = 5000;

/** A batch of views and purchases of 20,000 users, `stepMs` apart from `since` on; no two batches have an id in common. */
export const eventBatch = (b, { items, since, stepMs }) => ({
  events: Array.from({ length: ROWS }, (_, i) => ({
    id: `bench-${b}-${i}`,
    type: i % 5 === 0 ? 'purchase' : 'view',
    userId: `user-${(b * 7919 + i * 31) % 20_000}`,
    itemId: `item-${(b * 104_729 + i * 17) % items}`,
    at: new Date(since + (b * ROWS + i) * stepMs).toISOString(),
  })),
});
