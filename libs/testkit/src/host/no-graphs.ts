import type { GraphPort } from '@attune/sdk';

/** The fake host runs no graphs: it would need ONNX Runtime. */
export const NO_GRAPHS: GraphPort = {
  open: () => Promise.reject(new Error('the fake host runs no graphs: pass { host: { graphs } }')),
};
