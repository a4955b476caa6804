import { type Watch } from '@attune/numeric';

/** Reports a part of a work of `total` steps that begins after `from` of them. */
export function phaseOf({ progress, shouldStop }: Watch, from: number, total: number): Watch {
  return {
    ...(progress && { progress: (done: number) => progress(from + done, total) }),
    ...(shouldStop && { shouldStop }),
  };
}
