export { Breaker } from './blocks/breaker.js';
export { type Clock } from './blocks/clock.js';
export { type Call, type Deadline } from './blocks/call.js';
export {
  type Batch,
  type Candidate,
  type CandidateCore,
  type CandidateNeed,
  type CandidateSignals,
  type Candidates,
  type ExplainedSlate,
  type Slate,
  type VectorBlock,
} from './blocks/candidates.js';
export { type Explanation, type GivenReason } from './blocks/explanation.js';
export { filledRows, pickedRows } from './blocks/vector-rows.js';
export { eventColumns, NO_EVENTS, type EventColumns } from './blocks/event-columns.js';
export {
  type Query,
  type QueryIntent,
  type RequestCore,
  type RequestNeed,
  type RequestSignals,
  type View,
} from './blocks/request-view.js';
export { rowsOf, vocabularyOf, type Vocabulary } from './blocks/vocabulary.js';
export { EVENT_TYPES, eventSchema, itemsOf, type EventInput, type StoredEvent } from './data/event.schema.js';
export { itemSchema, type Item } from './data/item.schema.js';
export { type JsonValue } from './data/json.js';
export { idSchema, timeSchema } from './data/scalar.schema.js';
export {
  batchedSlateRequestSchema,
  nextPageSchema,
  searchRequestSchema,
  similarQuerySchema,
  slateRequestSchema,
  whyRequestSchema,
  type NextPage,
  type SearchRequest,
  type SlateRequest,
  type WhyRequest,
} from './data/slate-request.schema.js';
export {
  degradedSchema,
  facetSchema,
  searchAnswerSchema,
  slateItemSchema,
  slateSchema,
  traceSchema,
  understoodQuerySchema,
  type CandidateTrace,
  type Degraded,
  type Facet,
  type SearchAnswer,
  type SlateAnswer,
  type SlateItem,
  type Trace,
  type UnderstoodQuery,
} from './data/slate.schema.js';
export { mayProfile, userSchema, type User } from './data/user.schema.js';
export {
  AttuneError,
  DEGRADATION_TABLE,
  ERROR_TABLE,
  PortError,
  type DegradationCode,
  type ErrorCode,
  type ErrorRow,
  type LlmCode,
} from './errors/error-table.js';
export { defineEmbedder, defineRanker, defineReranker, defineTrainer } from './plugin/define-kinds.js';
export { defineExplainer, defineFilter, defineRetriever, defineScorer } from './plugin/define-scalar.js';
export {
  KINDS,
  NOTHING_RETRIEVED,
  type Behaviors,
  type Columns,
  type EmbedderInput,
  type Kind,
  type RankedColumns,
  type Retrieved,
  type Running,
  type Space,
  type TrainingRun,
} from './plugin/kinds.js';
export {
  PLUGIN,
  SDK_MAJOR,
  type Budget,
  type Need,
  type Plugin,
  type PluginSpec,
  type Traits,
} from './plugin/plugin.js';
export { itemPart } from './data/item-part.js';
export { ExposureColumns, keptSlates, type ShownSlate } from './plugin/exposure-columns.js';
export { DEED, type Exposures } from './plugin/exposures.js';
export { keptEvents } from './plugin/kept-events.js';
export type { ArtifactDraft, JudgedCandidates, LearnsFrom, TrainingData, TypedArray } from './plugin/training.js';
export { type Artifact, type ArtifactsPort } from './ports/artifacts.port.js';
export { type Change, type ChangeFeed, type ChangesLost } from './ports/change-feed.port.js';
export { type CountsPort, type CountsQuery, type ItemCounts } from './ports/counts.port.js';
export { type DocumentsPort } from './ports/documents.port.js';
export { type EmbedPort } from './ports/embed.port.js';
export {
  type GraphFeed,
  type GraphOutputs,
  type GraphPort,
  type GraphSession,
  type GraphValues,
} from './ports/graphs.port.js';
export { type Host, type HostPorts, type PortName } from './ports/host-ports.js';
export { type InterestsPort } from './ports/interests.port.js';
export { type ItemVectorsPort } from './ports/item-vectors.port.js';
export {
  JOB_STATES,
  type JobCounts,
  type JobOutcome,
  type JobPart,
  type JobQueue,
  type JobResult,
  type JobRun,
  type JobState,
  type JobStatus,
  type JobWorks,
  type ResultLine,
  type ResultWriter,
  type SplitWork,
  type WholeWork,
} from './ports/job-queue.port.js';
export {
  type Llm,
  type LlmAsk,
  type LlmContinuation,
  type LlmLikelihoodAsk,
  type LlmMessage,
  type LlmOptions,
  type LlmPort,
  type LlmRelevanceAsk,
} from './ports/llm.port.js';
export { type LlmLog, type LoggedLlmCall } from './ports/llm-log.port.js';
export { type PendingErasure, type PendingErasures } from './ports/pending-erasures.port.js';
export { type PairScorePort, type PairScorer } from './ports/pair-score.port.js';
export { type KeptRecord, type RecordDraft, type RecordStore, type UserRecord } from './ports/record-store.port.js';
export {
  type AppendResult,
  type ArtifactStore,
  type ErasedEvents,
  type EventStore,
  type HotSizes,
  type Scope,
  type HeldItems,
  type SearchIndex,
  type Stores,
  type TenantStores,
  type UpsertResult,
} from './ports/stores.port.js';
export { type PageViewer, type SharedPage, type SharedPages } from './ports/shared-pages.port.js';
export { type LoggedSlate, type SlateLog } from './ports/slate-log.port.js';
export { type SpendingStore, type Spent } from './ports/spending-store.port.js';
export { type UserStore } from './ports/user-store.port.js';
export { SYNONYM_WEIGHT, type LexicalQuery, type TextIndexPort } from './ports/text-index.port.js';
export { type KnnQuery, type VectorIndexPort } from './ports/vector-index.port.js';
export { allOf, compilePredicate, fieldsOf, valuesAt, type ItemTest } from './predicate/compile-predicate.js';
export { OPERATOR_TABLE, type OperatorRow } from './predicate/operator-table.js';
export { predicateSchema, type Condition, type Predicate, type Scalar } from './predicate/predicate.schema.js';
