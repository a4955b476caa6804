export { type Check, type ContractOptions, type TrainerUse } from './contract/check.js';
export { CHECKS } from './contract/check-names.js';
export { trainOn } from './contract/bench.js';
export { checksOf, contract, failuresOf, type Runner } from './contract/contract.js';
export { expectWorld, worldChecks, worldContract, type WorldOptions } from './contract/world-contract.js';
export { artifactOf, fakeArtifacts } from './host/fake-artifacts.js';
export {
  fakeCall,
  fakeRun,
  lateCall,
  type FakeCall,
  type FakeCallOptions,
  type FakeRun,
  type Said,
} from './host/fake-call.js';
export { fakeHost, onlyPorts } from './host/fake-host.js';
export { failing, hanging, slow } from './host/faults.js';
export { ManualClock } from './host/manual-clock.js';
export { type Injection, type InjectionGoal, type InjectionPlace } from './llm/injection.js';
export { INJECTIONS } from './llm/injections.js';
export { llmFaults, type LlmFault, type ReplyFaultOptions, type StatusFaultOptions } from './llm/llm-faults.js';
export { SCRIPTED_SENTENCE, type LlmScripts } from './llm/llm-scripts.js';
export {
  startScriptedLlm,
  type ScriptedLlm,
  type ScriptedLlmOptions,
  type ScriptedRequest,
} from './llm/scripted-llm.js';
export { checkerboard, chain, twoGenres } from './worlds/fixture-worlds.js';
export { hashedBlock, hashedWords, WORD_DIMS } from './worlds/hashed-words.js';
export { hashText, seeded, type Chance } from './worlds/seeded.js';
export { coldStart, hostileText, HOSTILE_TEXTS, popularTrap } from './worlds/trap-worlds.js';
export { historyOf, learnableDataOf, NO_TRAINING_DATA, sessionOf, trainingDataOf } from './worlds/world-data.js';
export {
  worldBatch,
  worldCandidates,
  worldRequest,
  worldExplainedSlate,
  worldSlate,
  type BatchPart,
  type WorldAsk,
} from './worlds/world-request.js';
export {
  buildWorld,
  textOf,
  withSpace,
  WORLD_NOW,
  type Ask,
  type Aspect,
  type Expectation,
  type World,
  type WorldPlan,
} from './worlds/world.js';
export { artifactStoreContract } from './ports/artifact-store.contract.js';
export { eventStoreContract } from './ports/event-store.contract.js';
export { jobQueueContract } from './ports/job-queue.contract.js';
export {
  HeldWork,
  outcomeOf,
  SAMPLE_LANES,
  sampleLaneOf,
  sampleNamed,
  sampleWorks,
  type HeldRun,
  type SampleJob,
  type OpenJobs,
} from './ports/job-queue.samples.js';
export { llmLogContract } from './ports/llm-log.contract.js';
export { joined, putVectors } from './ports/reading.js';
export { calmCall, eventAt, itemOf, llmCallOf, MINUTE, slateOf, START } from './ports/samples.js';
export { pendingErasuresContract } from './ports/pending-erasures.contract.js';
export { recordStoreContract } from './ports/record-store.contract.js';
export { searchIndexContract } from './ports/search-index.contract.js';
export { slateLogContract } from './ports/slate-log.contract.js';
export { spendingStoreContract } from './ports/spending-store.contract.js';
export { tenantContract } from './ports/stores.contract.js';
export { userStoreContract } from './ports/user-store.contract.js';
