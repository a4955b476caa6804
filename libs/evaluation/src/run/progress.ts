import { performance } from 'node:perf_hooks';

/** Told how far a piece of work is: its title, and a share that reaches 1 at its end. */
export type OnProgress = (title: string, share: number) => void;

/** Just short of the end: what is judged is not done before it is judged. */
const NEARLY = 0.99;

/** A function to be called during work that has a time: tells the share of it that has gone. */
export function timeProgress(title: string, seconds: number, onProgress: OnProgress): () => void {
  const began = performance.now();
  const shareGone = (): number => (performance.now() - began) / 1000 / seconds;
  return () => onProgress(title, seconds > 0 ? Math.min(NEARLY, shareGone()) : NEARLY);
}
