import { defineScorer } from '@attune/sdk';

export const longTitlesScorer = defineScorer({
  id: 'long-titles',
  version: '1.0.0',
  needs: ['titles'],
  each: ({ title }) => title.length,
});
