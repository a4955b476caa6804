export type { ElasticsearchOptions } from './elasticsearch/client.js';
export { IndexConflictError } from './elasticsearch/ensure-index.js';
export type { VectorSearch } from './elasticsearch/items/vector.field.js';
export type { RedisOptions } from './redis/redis.connection.js';
export { SharedClock } from './redis/shared.clock.js';
export {
  openDistributedStores,
  type DistributedStores,
  type DistributedStoresOptions,
} from './distributed/stores.adapter.js';
export type { LaneOptions, Lanes } from './bullmq/job-lanes.js';
export type { BullJobQueue } from './bullmq/job-queue.adapter.js';
export { openBullJobQueue, type BullJobQueueOptions } from './bullmq/open-job-queue.js';
