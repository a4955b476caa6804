/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

/** Weight of something `ageMs` old where weights halve every `halfLifeDays`; 1 where nothing decays. In 0..1. */
export function decay(ageMs: number, halfLifeDays: number | undefined): number {
  return halfLifeDays === undefined ? 1 : 2 ** (-Math.max(0, ageMs) / (halfLifeDays * DAY_MS));
}
