export { duplicateGroups } from './enrichment/duplicate-groups.js';
export {
  type EnrichedItem,
  type EnrichmentFacts,
  type ProposedValue,
  type SourceSpan,
} from './enrichment/enrichment.types.js';
export { heldProposals, modelProposalSchema, type ModelProposal } from './enrichment/held-proposals.js';
export { languageTold, type LanguageTold } from './enrichment/language-told.js';
export { proposedValues } from './enrichment/proposed-values.js';
export { fieldText } from './enrichment/source.js';
export { evidenceOf, type Evidence } from './grounding/evidence.js';
export { inventionsIn, type Invention } from './grounding/inventions.js';
export { type GroundingFacts } from './grounding/lexicon.js';
export { safeText, type SafeTextOptions } from './grounding/safe-text.js';
export { filterOf, NO_CONSTRAINTS, withWish, type Constraints } from './wishes/constraints.js';
export {
  type Ask,
  type Constraint,
  type Facts,
  type ForeignPrice,
  type RelativeWish,
  type Sort,
  type Span,
  type Wish,
  type WishMode,
  type WishPart,
} from './wishes/wish.js';
export { WishReader } from './wishes/wish-reader.js';
export { heldDescription, type DescriptionCheck, type HeldDescription } from './writing/held-description.js';
export { templateDescription } from './writing/template-description.js';
