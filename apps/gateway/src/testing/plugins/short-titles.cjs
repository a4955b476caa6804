const { defineScorer } = require('@attune/sdk');
// prettier-ignore
exports.shortTitlesScorer = defineScorer({
  id: 'short-titles', version: '1.0.0', needs: ['titles'],
  each: ({ title }) => 1 / title.length,
});
