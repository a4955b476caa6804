import { reasonsPrompts } from '@attune/language';
import { heldReason } from '@attune/language/understanding';
import { defineExplainer } from '@attune/sdk';
import { z } from 'zod';
import { askingOptions, hasTime } from '../language/asking-gate.js';
import { languageOfReasons, phrasingCases } from '../language/phrasing-cases.js';

const options = z.strictObject({
  runs: askingOptions.runs,
  minRemainingMs: askingOptions.minRemainingMs,
  /** Items from the top whose reasons are put into other words; those behind keep their fixed ones. */
  depth: z.int().min(1).max(20).default(10),
  /** Characters told of each title. */
  maxChars: z.int().min(10).max(200).default(80),
});

/** Refused texts that the trace tells of, at most, and the characters of each. */
const [MOST_TOLD, TOLD_CHARS] = [5, 80];

/**
 * Has a language model put the reasons that others gave into its own words, one ask a slate. It gives none of its own: a text is
 * taken where it says nothing but what reason, evidence and item have, in English or Chinese; else, and on any miss, the fixed words
 * stay, item by item, and the trace says why. Reasons of other keys than the built-in ones are left alone.
 */
export const llmPhrasingExplainer = defineExplainer({
  id: 'llm-phrasing',
  version: '1.0.0',
  config: options,
  needs: ['query', 'items'],
  uses: ['llm', 'documents'],
  budget: { hardMs: 40 },
  traits: { tier: 'llm', pure: false, phrases: true },
  async setup({ runs, minRemainingMs, maxChars, depth }, host) {
    const llm = await host.llm.open('llm-phrasing', { runs });
    return {
      warmup: readTables,
      async explain(slate, call) {
        const { given, language, request } = slate;
        const cases = await phrasingCases(slate, host.documents, { depth, blocked: llm.blocked });
        if (cases.length === 0 || !hasTime({ minRemainingMs }, call)) return given;
        const prompt = reasonsPrompts[languageOfReasons(language)];
        const query = request.query?.text.trim();
        const data = { reasons: cases.map(({ told }) => told), query: query === '' ? undefined : query, maxChars };
        const { reasons } = prompt.read(await llm.answer({ ...prompt.ask(data), userId: request.userId }, call));
        if (reasons.length !== cases.length) {
          call.degrade('LLM_UNUSABLE', `${prompt.name}: ${reasons.length} texts for ${cases.length} reasons`);
          return given;
        }
        const held = cases.map(({ place, check }, i) => ({ place, ...heldReason(reasons[i]!, check) }));
        const refused = held.flatMap((one) => ('refused' in one ? [one] : []));
        const why = refused.map(({ place, refused: what }) => `place ${place + 1}: ${what.slice(0, TOLD_CHARS)}`);
        if (why.length > 0) call.note('REASONS_REFUSED', `${why.length}: ${why.slice(0, MOST_TOLD).join('; ')}`);
        const texts = new Map(held.flatMap((one) => ('text' in one ? [[one.place, one.text] as const] : [])));
        return given.map((reason, place) => reason && { ...reason, text: texts.get(place) ?? reason.text });
      },
    };
  },
});

/** The word tables are made with their first use, which is not to be somebody's slate. */
function readTables(): void {
  const item = { id: 'a', title: 'Red mug' };
  const held = { item, reason: 'popular', evidence: [], params: {}, query: undefined, blocked: [] };
  heldReason('A red mug, popular right now.', { ...held, language: 'en', facts: { values: new Map() } });
}
