import type { SearchAnswer } from '@attune/sdk';
import type { Output } from '../output/output.js';
import { printable } from '../output/printable.js';
import { slateLines } from './slate.view.js';

const VALUES_A_FACET = 8;

/** What was given up of a query that found nothing; mended spelling has a line of its own. */
const RELAXED: Readonly<Record<string, string>> = {
  synonyms: 'Nothing has these words: searched for their synonyms, too.',
  'fewer-words': 'Nothing has all of these words: searched for some of them.',
  meaning: 'Nothing has these words: this is what is nearest in meaning.',
  popular: 'Nothing matches: this is what is popular.',
};

/** Search results: how the query was understood, the slate, the facets. */
export function searchLines(answer: SearchAnswer, whom: string, output: Output, explained: boolean): readonly string[] {
  return [
    ...queryLines(answer, output),
    ...facetLines(answer, output),
    '',
    ...slateLines(answer, whom, output, explained),
  ];
}

function queryLines({ query, total }: SearchAnswer, { colors }: Output): readonly string[] {
  const typed = query.typed ?? query.text;
  const corrected = query.corrected === typed ? undefined : query.corrected;
  return [
    `${colors.bold(`“${printable(query.text)}”`)}: ${total} found${query.intent === undefined ? '' : `, ${query.intent} query`}`,
    ...(corrected !== undefined ? [`Searched for “${printable(corrected)}” instead of “${printable(typed)}”.`] : []),
    // A server before this one says nothing of steps.
    ...(query.relaxed ?? []).flatMap((step) => RELAXED[step] ?? []),
  ];
}

const facetLines = ({ facets = [] }: SearchAnswer, { colors }: Output): readonly string[] =>
  facets.length === 0
    ? []
    : [
        ...facets.map(({ field, values }) => {
          const shown = values
            .slice(0, VALUES_A_FACET)
            .map(({ value, count }) => `${printable(String(value))} ${colors.dim(String(count))}`);
          const more = values.length > VALUES_A_FACET ? `, … ${values.length - VALUES_A_FACET} more` : '';
          return `${colors.bold(field)}: ${shown.join(', ')}${more}`;
        }),
      ];
