import type { ChangeFeed } from '@attune/sdk';

/** The feed of a process that is alone with its data. */
export const NO_OTHERS: ChangeFeed = {
  publish: () => Promise.resolve(),
  onChange: () => () => undefined,
  isListening: true,
};
