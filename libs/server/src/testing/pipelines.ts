type Step = Readonly<Record<string, unknown>>;

/** The most there is: a busy machine must not degrade slates that a spec looks at. */
const PATIENT_MS = 60_000;
const patient = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(patient);
  return typeof part === 'object' && part !== null && 'use' in part ? { ...(part as Step), hardMs: PATIENT_MS } : part;
};

/** A pipeline whose slate, and each step of it, has all the time it needs; filled by what is popular unless it says otherwise. */
export function unhurried(pipeline: object): object {
  const parts = Object.entries({ fallback: { use: 'popular' }, ...pipeline, deadlineMs: PATIENT_MS });
  return Object.fromEntries(parts.map(([name, part]) => [name, patient(part)]));
}

/** A pipeline file that counts purchases, with time for everything; `more` goes over it. */
export const pipelineText = (surface: string, more: object = {}): string => {
  const pipeline = {
    surface,
    retrieve: [{ use: 'popular', limit: 100 }],
    filter: [{ use: 'where' }, { use: 'availability' }, { use: 'seen' }],
    score: [{ use: 'popularity' }],
    rank: { use: 'weighted', config: { popularity: 1 } },
    ...more,
  };
  return JSON.stringify(unhurried(pipeline), null, 2);
};
