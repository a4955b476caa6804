import type { LoggedSlate } from '@attune/sdk';

/** A slate of these items as the log has it; `more`: what is to be otherwise, such as when it was served. */
export const loggedSlate = (
  slateId: string,
  items: readonly string[],
  more: Pick<LoggedSlate, 'at'> & Partial<LoggedSlate>,
): LoggedSlate => ({
  slateId,
  surface: 'home',
  request: {},
  digest: 'd1',
  items,
  scores: items.map(() => 1),
  propensities: items.map(() => 1),
  total: items.length,
  sampled: [],
  degraded: [],
  ...more,
});
