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
export { ENRICHMENT_RULES } from './enrichment/rules.version.js';
export { fieldText } from './enrichment/source.js';
export { evidenceOf, type Evidence } from './grounding/evidence.js';
export { inventionsIn, type Invention } from './grounding/inventions.js';
export { type GroundingFacts } from './grounding/lexicon.js';
export { safeText, type SafeTextOptions } from './grounding/safe-text.js';
export { heldOffer, type HeldOffer, type OfferCheck, type OfferInvention } from './offers/held-offer.js';
export { templateOffer } from './offers/template-offer.js';
export { sharedValues } from './reasons/shared-values.js';
export { heldReason, isPhrasable, REASON_CHARS, type HeldReason, type ReasonCheck } from './reasons/held-reason.js';
export { filterOf, joinedParts, NO_CONSTRAINTS, withWish, type Constraints } from './wishes/constraints.js';
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
export { editedInterests } from './interests/edited-interests.js';
export { interestLines, type InterestLinesOptions } from './interests/interest-lines.js';
export {
  heldInterestSummary,
  INTEREST_SUMMARY_CHARS,
  interestSummary,
  type InterestSummaryCheck,
} from './interests/interest-summary.js';
export { interestsAfter } from './interests/interests-after.js';
export {
  interestEditsSchema,
  interestsSchema,
  type InterestEdits,
  type InterestEvent,
  type InterestFacts,
  type InterestLine,
  type Interests,
} from './interests/interests.types.js';
export { interestsPrompt, type InterestsAnswer, type InterestsData } from './prompts/interests.prompt.js';
export {
  reviewSummaryPrompt,
  type ReviewSummaryAnswer,
  type ReviewSummaryData,
} from './prompts/review-summary.prompt.js';
export { aspectsOf, type AspectsOptions } from './reviews/aspects-of.js';
export { heldReviewSummary, type ReviewSummaryCheck } from './reviews/held-review-summary.js';
export { reviewSummary } from './reviews/review-summary.js';
export {
  ASPECTS,
  type Aspect,
  type AspectOpinions,
  type Polarity,
  type PolarityCounts,
  type ReviewAspects,
  type ReviewQuote,
  type ReviewSummaryOptions,
  type ReviewText,
} from './reviews/review.types.js';
export { reviewsIn, type ReviewsOfBlob } from './reviews/reviews-in.js';
export { heldDescription, type DescriptionCheck, type HeldDescription } from './writing/held-description.js';
export { templateDescription } from './writing/template-description.js';
export { dialogueStateSchema, newDialogue, withShown, type DialogueState } from './dialogue/dialogue-state.js';
export { stateAfter } from './dialogue/next-state.js';
export { firstReplies, quickReplies, withdrawal, type FieldCounts, type QuickReply } from './dialogue/quick-replies.js';
export { sentence } from './dialogue/replies.table.js';
export { comparedReply, detailsReply, foundReply, type Found } from './dialogue/reply.js';
export { moneyIn, saidConstraints } from './dialogue/said-constraints.js';
export { toldFields, toldText, toldTitle, type Telling } from './dialogue/told-item.js';
export { intentOf, type TurnIntent } from './dialogue/turn-intent.js';
export { fieldsOf, heldReading } from './dialogue/held-reading.js';
export { heldReply, type HeldReply } from './dialogue/held-reply.js';
