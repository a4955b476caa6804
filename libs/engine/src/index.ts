export { Engine } from './engine.js';
export { type BuildContext, type Footing } from './pipeline/build.js';
export { findPlugin, pluginsOf } from './isolate/find-plugin.js';
export { nearest, PipelineError, sayFinding, type Finding } from './pipeline/finding.js';
export { pipelineSchema, type PipelineSource, type PipelineSpec } from './pipeline/pipeline.schema.js';
export { isPlugin, Registry, type PluginOrigin, type RegisteredPlugin } from './registry.js';
export { seededRandom } from './runtime/seeded-random.js';
export { MAX_PAGED } from './slate/assemble.js';
export { type EngineRequest } from './slate/engine-request.js';
export {
  type PassedCandidates,
  type RankedCandidates,
  type ServedSlate,
  type ServedStores,
  type SlateObserver,
  type TimedStage,
} from './slate/serving.js';
export { fitInThread, type FitOptions } from './training/fit-in-thread.js';
