import type { Options } from '../search/options.js';
import { standardized } from './standardized.js';

/**
 * How a model may be heard in a blend: its interests standardized, or their logarithms. Counts span orders of magnitude, as
 * probabilities do; the interests of a softmax are logarithms already.
 */
export const VOICES = ['plain', 'log'] as const;
export type Voice = (typeof VOICES)[number];
export type VoiceWeights = Readonly<Record<Voice, number>>;

/** Added before the logarithm, as a share of the highest interest. */
const FLOOR = 0.01;

/** Interests as a voice has them, standardized over the catalogue. */
export const heard = (voice: Voice, interests: Float32Array): Float32Array =>
  standardized(voice === 'log' ? logarithms(interests) : interests);

/** Under which name the weights of a blend have a voice of a model. */
export const voiceName = (model: string, voice: Voice): string => (voice === 'log' ? `log ${model}` : model);

/** A model's part in the weights of a blend; undefined where it has none. */
export function voiceWeights(weights: Options, model: string): VoiceWeights | undefined {
  const weightOf = (voice: Voice): number => Number(weights[voiceName(model, voice)] ?? 0);
  const [plain, log] = [weightOf('plain'), weightOf('log')];
  return plain > 0 || log > 0 ? { plain, log } : undefined;
}

/** ln(interest + a hundredth of the highest); what is not above 0 counts as 0. */
function logarithms(interests: Float32Array): Float32Array {
  let highest = 0;
  for (let i = 0; i < interests.length; i++) if (interests[i]! > highest) highest = interests[i]!;
  return interests.map((interest) =>
    Number.isNaN(interest) ? NaN : Math.log(Math.max(0, interest) + FLOOR * highest),
  );
}
