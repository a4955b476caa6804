import { recordEvents } from './events.operations.js';
import { live, ready } from './health.operations.js';
import { deleteItem, deleteItems, getItem, getItems, patchItem, putItems } from './items.operations.js';
import { cancelJob, getJob, listJobs, startJob } from './jobs.operations.js';
import type { Operation } from './operation.js';
import { recommend, search, similarItems } from './slates.operations.js';

/** Every call of the contract, as the document lists them. */
export const OPERATIONS: readonly Operation[] = [
  recommend,
  search,
  similarItems,
  recordEvents,
  putItems,
  getItems,
  deleteItems,
  getItem,
  patchItem,
  deleteItem,
  startJob,
  listJobs,
  getJob,
  cancelJob,
  live,
  ready,
];
