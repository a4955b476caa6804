/** A pipeline file that counts purchases; `more` goes over it. */
export const pipelineText = (surface: string, more: object = {}): string =>
  JSON.stringify(
    {
      surface,
      deadlineMs: 5_000,
      retrieve: [{ use: 'popular', limit: 100 }],
      filter: [{ use: 'where' }, { use: 'availability' }, { use: 'seen' }],
      score: [{ use: 'popularity' }],
      rank: { use: 'weighted', config: { popularity: 1 } },
      ...more,
    },
    null,
    2,
  );
