/** A list or a typed array that can be written to. */
interface Places {
  readonly length: number;
  [at: number]: unknown;
}

/** The list itself, now in random order (Fisher and Yates). `random`: uniform in [0, 1). */
export function shuffled<List extends Places>(list: List, random: () => number): List {
  const places: Places = list;
  for (let i = places.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    const last = places[i];
    places[i] = places[other];
    places[other] = last;
  }
  return list;
}

/** 0 to before `length` in random order. */
export const shuffledRows = (length: number, random: () => number): Int32Array =>
  shuffled(
    Int32Array.from({ length }, (_, i) => i),
    random,
  );
