import { attribution } from './attribution.operations.js';
import { chat } from './chat.operations.js';
import { decideDraft, listDrafts } from './drafts.operations.js';
import { decideEnrichment, getEnrichment, listEnrichments } from './enrichment.operations.js';
import { recordEvents } from './events.operations.js';
import { getDiagnosis } from './diagnosis.operations.js';
import { getMetrics } from './metrics.operations.js';
import { live, ready } from './health.operations.js';
import { deleteItem, deleteItems, getItem, getItems, patchItem, putItems, syncItems } from './items.operations.js';
import { cancelJob, getJob, getJobResult, listJobs, retryJob, startJob } from './jobs.operations.js';
import { deleteInterests, editInterests, getInterests } from './interests.operations.js';
import { getLlmCalls } from './llm.operations.js';
import { putModel } from './models.operations.js';
import { deleteOffer, listOffers, makeOffers, putOffer } from './offers.operations.js';
import type { Operation } from './operation.js';
import { getReviews } from './reviews.operations.js';
import { getSlate, replaySlate } from './slate-log.operations.js';
import { recommend, recommendBatch, search, similarItems, why } from './slates.operations.js';
import { getSpaces, useSpaceVersion } from './spaces.operations.js';
import { suggest } from './suggest.operations.js';
import { eraseUser, exportUser, getUser, identifyUser, putUser, putUsers } from './users.operations.js';
import { writeDescription } from './writing.operations.js';

/** Every call of the contract, as the document lists them. */
export const OPERATIONS: readonly Operation[] = [
  recommend,
  recommendBatch,
  why,
  search,
  similarItems,
  suggest,
  chat,
  getSlate,
  replaySlate,
  attribution,
  recordEvents,
  putItems,
  syncItems,
  getItems,
  deleteItems,
  getItem,
  patchItem,
  deleteItem,
  getReviews,
  writeDescription,
  listEnrichments,
  getEnrichment,
  decideEnrichment,
  listDrafts,
  decideDraft,
  putUsers,
  putUser,
  getUser,
  identifyUser,
  getInterests,
  editInterests,
  deleteInterests,
  exportUser,
  eraseUser,
  makeOffers,
  putOffer,
  listOffers,
  deleteOffer,
  getSpaces,
  useSpaceVersion,
  putModel,
  getLlmCalls,
  startJob,
  listJobs,
  getJob,
  getJobResult,
  retryJob,
  cancelJob,
  getDiagnosis,
  live,
  ready,
  getMetrics,
];
