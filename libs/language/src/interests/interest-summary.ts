import { languageTold } from '../enrichment/language-told.js';
import { inventionsIn } from '../grounding/inventions.js';
import type { GroundingFacts } from '../grounding/lexicon.js';
import { safeText } from '../grounding/safe-text.js';
import { withoutPersonalData } from '../personal-data.js';
import type { WrittenLanguage } from '../writing/description.style.js';
import type { HeldDescription } from '../writing/held-description.js';
import type { InterestLine } from './interests.types.js';

/** Longest summary, in UTF-16 units. */
export const INTEREST_SUMMARY_CHARS = 300;
const MOST_LINES = 4;

export interface InterestSummaryCheck {
  readonly language: WrittenLanguage;
  /** What of the catalogue could be named by mistake: values by attribute, brands, categories. */
  readonly facts: GroundingFacts;
  /** Words and phrases that no shopper may read. */
  readonly blocked: readonly string[];
}

/** The first lines as sentences, at most four; undefined where there are none that may be shown. */
export function interestSummary(
  lines: readonly InterestLine[],
  { language, blocked }: Pick<InterestSummaryCheck, 'language' | 'blocked'>,
): string | undefined {
  const [stop, gap] = language === 'en' ? ['.', ' '] : ['。', ''];
  let text = '';
  for (const line of lines.slice(0, MOST_LINES)) {
    const sentence = safeText(`${withoutPersonalData(line.text)}${stop}`, {
      maxChars: INTEREST_SUMMARY_CHARS,
      blocked,
    });
    const longer = `${text}${text === '' ? '' : gap}${sentence ?? ''}`;
    if (sentence !== undefined && longer.length <= INTEREST_SUMMARY_CHARS) text = longer;
  }
  return text === '' ? undefined : text;
}

/**
 * Holds a model's summary to the lines: plain and short enough, in the language asked for, and with no number, value,
 * brand, claim or name that no line has (see `inventionsIn`, with its limits: a word that no table, catalogue or
 * capital gives away passes).
 */
export function heldInterestSummary(
  answer: string,
  lines: readonly InterestLine[],
  { language, facts, blocked }: InterestSummaryCheck,
): HeldDescription {
  const text = safeText(answer, { maxChars: INTEREST_SUMMARY_CHARS, blocked });
  if (text === undefined)
    return { unusable: 'nothing of the text may be shown: empty, too long, or with a blocked word' };
  const own = lines.reduce((rest, { value }) => rest.replaceAll(value, ' '), text);
  const told = languageTold(own)?.language;
  if (language === 'en' ? told !== undefined && told !== 'en' : told !== language)
    return { unusable: `the text is not in the language asked for, ${language}` };
  const texts = lines.flatMap((line) => [withoutPersonalData(line.text), withoutPersonalData(line.value)]);
  const [first, ...more] = inventionsIn(text, { texts }, facts);
  return first === undefined ? { text } : { inventions: [first, ...more] };
}
