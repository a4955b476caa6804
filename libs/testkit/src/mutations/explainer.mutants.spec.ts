import { defineExplainer } from '@attune/sdk';
import { CHECKS } from '../contract/check-names.js';
import { prove } from './prove.js';

type Bug =
  | 'evidence from the candidate'
  | 'best seller as a stranger’s past'
  | 'leaves out what it cannot explain'
  | 'a sentence instead of a key'
  | 'NaN param'
  | 'marks the history as told'
  | 'crashes on an empty slate'
  | 'reads titles undeclared'
  | 'explains nothing';

/** Because you touched something of the same brand. */
function sameBrand(bug?: Bug) {
  return defineExplainer({
    id: 'same-brand',
    version: '1.0.0',
    needs: bug === 'reads titles undeclared' ? ['items'] : ['items', 'history'],
    uses: ['documents'],
    setup: (_config, host) => ({
      async explain({ request, candidates }) {
        if (bug === 'crashes on an empty slate') void candidates.items[0]!.brand;
        const { history } = request as typeof request & { readonly history: { readonly items: readonly string[] } };
        const own = [...new Set(history.items)];
        const documents = await host.documents.get(own);
        if (bug === 'marks the history as told') (history.items as string[]).reverse();
        const entries = candidates.items.map((item) => {
          const because = own.filter((id, i) => documents[i]?.brand === item.brand && id !== item.id).slice(-2);
          if (bug === 'best seller as a stranger’s past' && own.length === 0) because.push('i0');
          if (bug === 'evidence from the candidate' && because.length > 0) because.push(item.id);
          if (because.length === 0 || bug === 'explains nothing') return undefined;
          return {
            reason: bug === 'a sentence instead of a key' ? `Because you liked ${item.brand}` : 'same-brand',
            evidence: because,
            params: { brand: item.brand ?? '', share: bug === 'NaN param' ? NaN : because.length / own.length },
          };
        });
        return bug === 'leaves out what it cannot explain' ? entries.filter((entry) => entry !== undefined) : entries;
      },
    }),
  });
}

const { all, explainer } = CHECKS;

prove(sameBrand, [
  { bug: 'evidence from the candidate', caughtBy: explainer.evidence },
  {
    bug: 'best seller as a stranger’s past',
    caughtBy: explainer.stranger,
    also: [explainer.evidence, explainer.shape],
  },
  { bug: 'leaves out what it cannot explain', caughtBy: explainer.aligned },
  { bug: 'a sentence instead of a key', caughtBy: explainer.shape },
  { bug: 'NaN param', caughtBy: explainer.shape },
  { bug: 'marks the history as told', caughtBy: all.inputs },
  { bug: 'crashes on an empty slate', caughtBy: explainer.empty, also: 'crash' },
  { bug: 'reads titles undeclared', caughtBy: all.declared },
  { bug: 'explains nothing', caughtBy: explainer.speaks },
]);

type PhrasingBug = 'a reason of its own' | 'a page of text';

/** Says each reason louder. */
function louder(bug?: PhrasingBug) {
  return defineExplainer({
    id: 'louder',
    version: '1.0.0',
    traits: { phrases: true },
    setup: () => ({
      explain: ({ given }) =>
        given.map(
          (one) =>
            one && {
              ...one,
              ...(bug === 'a reason of its own' && { reason: 'loud' }),
              text: bug === 'a page of text' ? one.text.repeat(20) : `${one.text}!`,
            },
        ),
    }),
  });
}

prove(louder, [
  { bug: 'a reason of its own', caughtBy: explainer.phrases },
  { bug: 'a page of text', caughtBy: explainer.phrases },
]);
